/** What a page needs where places are left to the signer; loaded when they are. */
export { default as BelowPage } from './BelowPage.svelte';
export { default as Layer } from './Layer.svelte';
export { default as Tray } from './Tray.svelte';
