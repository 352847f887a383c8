/** Works whole without JavaScript, so none is sent; a script would ask for the code's pages at further addresses. */
export const csr = false;
