import { createLogger, type Leases, type Role } from '@app/platform';
import type { CardStorage } from '../card-storage.service';
import type { CardTokens } from '../card-tokens.service';
import type { CardVault } from '../card-vault.service';
import type { DataKeyring } from '../data-keyring.service';
import { CardJobs } from './card.jobs';

const TICKS = ['refreshKeys', 'ensurePartitions', 'erase', 'retire'] as const;

/** Everything that a tick touches, noting what was done in order. */
function jobsOf(role: Role, leaseFree = true): { jobs: CardJobs; done: string[] } {
  const done: string[] = [];
  const note =
    <T>(what: string, result: T) =>
    async (): Promise<T> => {
      done.push(what);
      return result;
    };
  const leases = {
    withLease: async (name: string, _ttlMs: number, work: () => Promise<void>): Promise<boolean> => {
      done.push(`lease ${name}`);
      if (leaseFree) await work();
      return leaseFree;
    },
  } as unknown as Leases;
  const vault = { eraseDue: note('erase', 1) } as unknown as CardVault;
  const tokens = { eraseDue: note('erase tokens', 1), forgetOld: note('forget tokens', 1) } as unknown as CardTokens;
  const storage = {
    ensurePartitions: note('partitions', undefined),
    retire: note('retire', undefined),
  } as unknown as CardStorage;
  const keyring = { refresh: note('refresh', undefined) } as unknown as DataKeyring;
  return { jobs: new CardJobs(vault, tokens, storage, keyring, leases, { role }, createLogger('silent')), done };
}

async function tickAll(jobs: CardJobs): Promise<void> {
  for (const tick of TICKS) await jobs[tick]();
}

describe('the ticks of cards', () => {
  it.each(['worker', 'all'] as const)('work under a lease each in role %s', async (role) => {
    const { jobs, done } = jobsOf(role);

    await tickAll(jobs);

    expect(done).toEqual([
      'refresh',
      ...['lease cards.partitions', 'partitions'],
      ...['lease cards.erase', 'erase', 'erase tokens'],
      ...['lease cards.retire', 'retire', 'forget tokens'],
    ]);
  });

  it('leave the work to whoever holds the lease', async () => {
    const { jobs, done } = jobsOf('worker', false);

    await tickAll(jobs);

    expect(done.filter((what) => !what.startsWith('lease'))).toEqual(['refresh']);
  });

  it('only look after their own keys, and after partitions, in role api', async () => {
    const { jobs, done } = jobsOf('api');

    await tickAll(jobs);

    expect(done).toEqual(['refresh', 'lease cards.partitions', 'partitions']);
  });
});
