/** Its address is not the one that the browser knows, so no script may take it up. */
export const csr = false;
