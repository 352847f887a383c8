/**
 * Pages work whole without JavaScript, so none is sent but where a page says that it wants some. The card's page may
 * never: a script would ask for its code at further addresses. Nor may a refusal, whose address the browser does not know.
 */
export const csr = false;
