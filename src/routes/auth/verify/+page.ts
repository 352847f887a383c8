/** Works whole without JavaScript, so none is sent. */
export const csr = false;
