// Types of browser.mjs, which is plain JavaScript so that it runs before anything is installed.
/** The path of a browser that is there, or undefined. */
export function findBrowser(): Promise<string | undefined>
