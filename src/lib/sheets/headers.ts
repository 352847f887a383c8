import { fold } from '../kernel/text/fold.ts';
import type { Row } from './sheet.ts';

/** What a column may hold of a guest or a household; what is none of these is not taken in. */
export const FIELDS = [
	...['household', 'name', 'firstName', 'lastName', 'email', 'phone', 'address', 'street', 'postcode'],
	...['city', 'country', 'language', 'child', 'age', 'born', 'diet', 'plusOnes', 'tags', 'note', 'number']
] as const satisfies string[];
export type Field =
	| ('household' | 'name' | 'firstName' | 'lastName' | 'email' | 'phone' | 'address' | 'street' | 'postcode')
	| (
			| 'city'
			| 'country'
			| 'language'
			| 'child'
			| 'age'
			| 'born'
			| 'diet'
			| 'plusOnes'
			| 'tags'
			| 'note'
			| 'number'
	  );

/** What columns are called in English, Dutch, Italian, French, German and Spanish, without their signs. */
const WORDS: Record<Field, string> = {
	household: `household, householdname, family, familyname, invitation, envelope, party, huishouden, gezin, familie,
		uitnodiging, naamopenvelop, nucleo, nucleofamiliare, famiglia, invito, foyer, famille, menage, haushalt,
		einladung, hogar, familia, invitacion, unidadfamiliar`,
	name: `name, names, fullname, guest, guests, guestname, who, people, person, naam, namen, volledigenaam, gast, gasten,
		gastnaam, wie, persoon, personen, nome, nomi, nomecompleto, nomeecognome, ospite, ospiti, invitato, invitati,
		nom, noms, nomcomplet, nometprenom, prenometnom, invite, invites, gaste, gaest, gaeste, vollername,
		vornachname, vorundnachname, personne, personnes, nombre, nombres, nombrecompleto, nombreyapellidos, invitado, invitados`,
	firstName:
		'firstname, givenname, forename, voornaam, prenom, prenoms, vorname, rufname, nomeproprio, nombredepila',
	lastName:
		'lastname, surname, secondname, achternaam, cognome, nomdefamille, nachname, familienname, apellido, apellidos',
	email: `email, emails, emailaddress, emailaddresses, mail, mailaddress, emailadres, emailadressen, mailadres, posta,
		postaelettronica, indirizzoemail, courriel, adresseemail, adressemail, adresseelectronique, emailadresse,
		emailadressen, mailadresse, correo, correoelectronico, direcciondecorreo`,
	phone: `phone, phonenumber, telephone, mobile, mobilephone, cell, cellphone, tel, telefoon, telefoonnummer, mobiel,
		gsm, telefono, cellulare, numeroditelefono, portable, numerodetelephone, mobil, handy, telefon, telefonnummer, handynummer,
		movil, telefonomovil, numerodetelefono`,
	address: `address, postaladdress, mailingaddress, homeaddress, adres, postadres, woonadres, indirizzo, adresse,
		adressepostale, postanschrift, anschrift, direccion, direccionpostal, domicilio`,
	street: `street, streetaddress, addressline1, address1, straat, straatenhuisnummer, straatennummer, via, rue,
		strasse, strasseundhausnummer, strassehausnummer, calle`,
	postcode: 'postcode, postalcode, zip, zipcode, cap, codepostal, plz, postleitzahl, codigopostal, cp',
	city: 'city, town, place, plaats, woonplaats, stad, citta, comune, ville, commune, ort, stadt, wohnort, ciudad, localidad, poblacion',
	country: 'country, land, paese, pays, pais',
	language: 'language, lang, taal, lingua, langue, sprache, idioma, lengua',
	child: `child, children, ischild, kid, kids, kind, kinderen, kinder, iskind, bambino, bambini, bambina, minore, enfant,
		enfants, nino, ninos, nina, ninas, menor, menores, peque, peques`,
	age: 'age, ages, leeftijd, eta, alter, edad',
	born: `born, birthday, dateofbirth, birthdate, dob, geboren, geboortedatum, verjaardag, natoil, datadinascita, nascita,
		ne, neele, datedenaissance, naissance, geburtsdatum, geburtstag, nacimiento, fechadenacimiento`,
	diet: `diet, diets, dietary, dietaryneeds, dietaryrequirements, dietarywishes, dietsandallergies, dietandallergies,
		dietallergies, dietallergy, allergy, allergies, foodallergies, dieet, dieten, dieetwensen, dieetallergie,
		dieetallergieen, dieetenallergieen, allergie, allergieen, dieta, diete, dietaeallergie, dieteeallergie,
		dietaallergie, allergia, intolleranze, allergieintolleranze, regime, regimealimentaire, regimes, regimeallergies,
		regimeetallergies, intolerances, ernahrung, ernahrungundallergien, diat, allergien, unvertraglichkeiten, dietas,
		dietayalergias, dietaalergias, alergia, alergias, intolerancias`,
	plusOnes: `plus, plusone, plusones, plus1, partner, extraguests, introducee, introducees, introduce, introduces, accompagnatore,
		accompagnatori, accompagnant, accompagnants, accompagnateur, begleitung, begleitpersonen, acompanante, acompanantes`,
	tags: `tag, tags, group, groups, category, side, groep, groepen, categorie, gruppo, gruppi, categoria, groupe, groupes,
		gruppe, gruppen, kategorie, grupo, grupos`,
	note: `note, notes, privatenote, comment, comments, remark, remarks, notitie, notities, privenotitie, opmerking,
		opmerkingen, notaprivata, nota, notas, commenti, remarque, remarques, commentaire, notiz, notizen, bemerkung, bemerkungen,
		anmerkung, notaprivada, comentario, comentarios, observaciones`,
	number: `householdno, householdnumber, huishoudnr, huishoudnummer, nucleon, famiglian, foyerno, nodefoyer, haushaltnr,
		haushaltsnr, haushaltsnummer, hogarno, nodehogar, numerodehogar`
};

const KNOWN = new Map(
	Object.entries(WORDS).flatMap(([field, words]) =>
		words.split(',').map((word) => [word.trim(), field as Field] as const)
	)
);

/** A header that says that a cell has several people. */
const PLURAL =
	/^(names|guests|people|namen|gasten|personen|nomi|ospiti|invitati|noms|invites|personnes|gaste|gaeste|nombres|invitados)$/;

export const recognise = (header: string): Field | undefined => KNOWN.get(fold(header.slice(0, 60)));
export const isPlural = (header: string): boolean => PLURAL.test(fold(header.slice(0, 60)));

/** A table may stand below a title, and below what somebody wrote about it. */
const LAST_HEADER = 20;
const PEOPLE: Field[] = ['name', 'firstName', 'lastName', 'household'];

/** The place of the row that says what the columns are, and how many of them are known; undefined where none does. */
export function findHeader(rows: Row[]): { at: number; known: number } | undefined {
	const ranked = rows.slice(0, LAST_HEADER).map(({ cells }, at) => {
		const fields = new Set(cells.flatMap((cell) => recognise(cell) ?? []));
		return { at, known: PEOPLE.some((field) => fields.has(field)) ? fields.size : 0 };
	});
	const best = ranked.sort((one, other) => other.known - one.known || one.at - other.at)[0];
	return best && best.known > 0 ? best : undefined;
}
