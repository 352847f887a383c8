import { expect, it } from 'vitest';
import { firstName } from './guest.ts';

it.each([
	['Anna', 'Anna'],
	['Anna Maria de Vries', 'Anna'],
	['Anne-Marie van Dijk', 'Anne-Marie'],
	['Dr. Anna de Vries', 'Anna'],
	['Prof. dr. Ben Jansen', 'Ben'],
	['Mr Ben Jansen', 'Ben'],
	['Drew Barrymore', 'Drew'],
	['Mrs. Jansen', 'Mrs. Jansen'],
	['Dr. van Dijk', 'Dr. van Dijk'],
	['van Dijk', 'van Dijk'],
	['De heer Jansen', 'De heer Jansen'],
	['Fam. Jansen', 'Fam. Jansen'],
	['The Smiths', 'The Smiths'],
	['J.P. de Vries', 'J.P. de Vries'],
	['A. Jansen', 'A. Jansen'],
	['Oma Riet', 'Oma Riet'],
	['Tante Cornelia Smit', 'Tante Cornelia'],
	['Riet & Wim', 'Riet & Wim'],
	['Riet en Wim de Boer', 'Riet en Wim de Boer'],
	['Sammy Davis, Jr.', 'Sammy'],
	['Đặng Thị Thanh', 'Đặng'],
	['עמית כהן', 'עמית'],
	['عبد الله حسن', 'عبد الله'],
	['小林', '小林'],
	['Dr.', 'Dr.'],
	['', '']
])('greets “%s” as “%s”', (name, greeted) => {
	expect(firstName(name)).toBe(greeted);
});
