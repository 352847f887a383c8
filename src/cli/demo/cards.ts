/** What Anna and Ben say on their cards, and who has got one: grandma Riet's was given at her birthday. */
export const line = {
	en: 'No need to write back by post: tell us on our site, any evening you like.',
	nl: 'Terugschrijven hoeft niet: laat het weten op onze site, op welke avond je wilt.'
};

export const given = ['Oma Riet & Opa Wim', 'Tante Cornelia'];
