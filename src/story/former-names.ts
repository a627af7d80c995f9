// What chapters were called before: links, saved sessions and progress of that time still name them.

const FORMER_NAMES: Readonly<Record<string, string>> = {
  '01-three-requests': '00-monday-morning',
  '02-the-right-tool': '01-the-special-order',
  '03-under-the-hood': '03-many-hands',
  '04-data-processing-job': '02-pi-to-two-thousand-places',
  '05-scheduled-report': '05-the-nightly-report',
  '06-logging-agent': '08-one-on-every-floor',
  '07-job-not-completing': '11-job-not-completing',
  '08-cronjob-not-running': '12-cronjob-not-running',
  '09-too-many-jobs': '13-too-many-jobs',
  '10-daemonset-missing-node': '14-node-without-agent',
  '11-daemonset-not-updating': '15-update-that-waits',
  '12-takeaways': '10-what-alex-wrote',
}

const UNNUMBERED = new Map(
  Object.entries(FORMER_NAMES).map(([old, slug]) => [old.replace(/^\d+-/, ''), slug]),
)

/** The slug a chapter has today, by any slug it ever had, with its number or without. */
export function currentSlug(slug: string): string {
  if (Object.hasOwn(FORMER_NAMES, slug)) return FORMER_NAMES[slug]!
  return UNNUMBERED.get(slug) ?? slug
}
