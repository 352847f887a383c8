export const MOST_REMINDERS = 6;

export type Reminder = {
	id: string;
	daysBefore: number;
	/** 10:00, by the wedding's clock */
	time: string;
	/** for those without a deadline of their own; null while the wedding has none */
	dueAt: Date | null;
	/** its moment is over, or it would be after the deadline */
	isPast: boolean;
	/** households that got it */
	sent: number;
	sentAt: Date | null;
};

/** A silent household that no mail reaches. */
export type Call = {
	id: string;
	name: string;
	phone: string;
	/** who has not answered */
	guests: string[];
	calledAt: Date | null;
};
