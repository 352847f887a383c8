/** The same parts, as different people see them, one at a time: a page is light or dark as a whole. */
export type View = {
	id: string;
	title: string;
	dir: 'ltr' | 'rtl';
	lang: string;
	words: { short: string; name: string; sentence: string; long: string };
};

const ENGLISH = {
	short: 'Keep it',
	name: 'Anna & Ben',
	sentence: 'Your answer is kept. You can change it until 1 May.',
	long: 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft, and whoever comes along with them'
};

export const VIEWS: View[] = [
	{ id: 'light', title: 'In light', dir: 'ltr', lang: 'en', words: ENGLISH },
	{ id: 'dark', title: 'In dark', dir: 'ltr', lang: 'en', words: ENGLISH },
	{
		...{ id: 'rtl', title: 'من اليمين إلى اليسار', dir: 'rtl', lang: 'ar' },
		words: {
			short: 'حفظ الإجابة',
			name: 'ليلى & يوسف',
			sentence: 'تم حفظ إجابتك. يمكنك تغييرها حتى الأول من مايو.',
			long: 'عائلة عبد الرحمن بن عبد العزيز المقيمة في شارع المحطة القديمة، ومن يأتي معهم إلى العشاء والحفل'
		}
	}
];
