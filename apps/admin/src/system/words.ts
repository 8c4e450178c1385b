/** What waits in each queue. */
export const QUEUE_NAMES: Readonly<Record<string, string>> = {
  callbacks: 'Callbacks to send',
  inquiries: 'Sessions to ask about',
  deadlines: 'Sessions past their deadline',
  notices: 'Notices not acted upon',
  bulk_jobs: 'Sessions of jobs',
  erasures: 'Card numbers to erase',
};

/** What a process does by itself, by the name that its logs have for it. */
const JOB_NAMES: Readonly<Record<string, string>> = {
  'BulkJobRunner.tick': 'Work off jobs of operators',
  'CallbackSweeper.tick': 'Send callbacks that are due',
  'CardJobs.ensurePartitions': 'Make the partitions of cards',
  'CardJobs.erase': 'Erase card numbers',
  'CardJobs.refreshKeys': 'Get the data keys of the day',
  'CardJobs.retire': 'Destroy data keys that are done with',
  'CardRangeJob.tick': 'Refresh card ranges',
  'CredentialExpiryJob.tick': 'Warn of credentials that expire',
  'DirectoryServerHealthJob.clean': 'Forget old figures of directory servers',
  'DirectoryServerHealthJob.write': 'Note how directory servers answer',
  'HeartbeatJob.beat': 'Tell that the process is there',
  'HousekeepingJob.ensurePartitions': 'Make the partitions of sessions',
  'HousekeepingJob.soon': 'Tidy up, soon after the start',
  'HousekeepingJob.tick': 'Tidy up',
  'InquiryJob.tick': 'Ask about sessions that are silent',
  'OperatorsHousekeepingJob.tick': 'Forget sign-ins that are over',
  'RollupJob.tick': 'Sum up hours for reports',
  'SettlementJob.tick': 'Settle sessions past their deadline',
  'TokenJobs.clean': 'Forget tokens that nobody uses',
  'TokenJobs.noteUse': 'Note which tokens are in use',
  'TokenJobs.renewAbandoned': 'Renew tokens of processes that are gone',
  'TokenJobs.renewDue': 'Renew tokens before they expire',
};

/** `SweepJob.tick` as words, also where we have none of our own. */
export const jobName = (name: string): string =>
  JOB_NAMES[name] ??
  (name.split('.')[0] ?? '').replace(/Jobs?$/, '').replace(/(?<=[a-z0-9])[A-Z]/g, (first) => ` ${first.toLowerCase()}`);

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'];

/** A size as people say it. */
export function size(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${value >= 100 || power === 0 ? Math.round(value) : value.toFixed(1)} ${UNITS[power] ?? ''}`;
}

/** `202611` and `20261130` as dates are written. */
export const dayOf = (name: string | null): string | null =>
  name && [name.slice(0, 4), name.slice(4, 6), name.slice(6)].filter((part) => part !== '').join('-');

/** `CreateReplicas1796900100000` as words, without its time. */
export const migrationName = (name: string): string => {
  const words = name.replace(/\d+$/, '').replace(/(?<=[a-z0-9])[A-Z]/g, (first) => ` ${first.toLowerCase()}`);
  return words || 'none';
};
