/** What waits in each queue. */
export const QUEUE_NAMES: Readonly<Record<string, string>> = {
  callbacks: 'Callbacks to send',
  inquiries: 'Sessions to ask about',
  deadlines: 'Sessions past their deadline',
  notices: 'Notices not acted upon',
  bulk_jobs: 'Sessions of jobs',
  erasures: 'Card numbers to erase',
};

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
