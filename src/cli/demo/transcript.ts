/** What Arthur says, by the times of grandpa-arthur.mp3. */
export const arthur = `WEBVTT

00:00.600 --> 00:09.175
Hello, Anna. It is Grandpa. I am told I have to wait for the beep, and I believe I have talked over it.

00:09.825 --> 00:16.390
You asked me how one stays married for fifty-two years. I have thought about it all week.

00:17.140 --> 00:27.600
First of all, you need somebody who laughs at the same things. Your grandmother and I once laughed so hard in a bank that they asked us to leave.

00:28.150 --> 00:36.520
Second, learn to make one dish really well. Mine is soup. It has settled more quarrels than any words of mine.

00:37.170 --> 00:44.310
And third: when she says it is nothing, it is not nothing. Put the kettle on, sit down, and wait.

00:45.060 --> 00:52.600
That is all I know. Tell Ben he may ring me about the soup. Bye now, dear. How do I switch this off?
`;
