/** Where the couple works the paper is the house's own, and only the colour theirs. */
export const isHouse = (pathname: string) => /^\/(couple|dev)(\/|$)/.test(pathname);
