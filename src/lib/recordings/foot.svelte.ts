import type { Component } from 'svelte';

/** The player as it goes on below other pages, once somebody was where recordings are: it is not sent before. */
export const foot = $state<{ Player?: Component }>({});
