// The programs of the terminal by the words a learner types; apart from the programs themselves, so
// that the page's shell knows the names without carrying the code.

export const PROGRAM_NAMES = ['kubectl', 'k', 'cron', 'lab', 'sleep', 'date'] as const
