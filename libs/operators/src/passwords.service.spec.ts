import { CountersignError, Secret } from '@app/kernel';
import { hash } from '@node-rs/argon2';
import { Passwords } from './passwords.service';

const RIGHT = new Secret('gravel lantern tiger');

describe('passwords', () => {
  it('are kept as argon2id, each with a salt of its own', async () => {
    const passwords = new Passwords();

    const [one, other] = [await passwords.hash(RIGHT), await passwords.hash(RIGHT)];

    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(other).not.toBe(one);
    expect(await passwords.verify(one, RIGHT)).toBe(true);
    expect(await passwords.verify(one, new Secret('gravel lantern tigeR'))).toBe(false);
  });

  it('are nobody’s where there is nobody', async () => {
    const passwords = new Passwords();

    expect(await passwords.verify(null, RIGHT)).toBe(false);
    expect(await passwords.verify(null, new Secret('nobody has this password'))).toBe(false);
  });

  it('are known to be outdated by their parameters', async () => {
    const passwords = new Passwords();

    expect(passwords.isOutdated(await hash('x', { memoryCost: 8_192, timeCost: 1, parallelism: 1 }))).toBe(true);
    expect(passwords.isOutdated(await passwords.hash(RIGHT))).toBe(false);
  });

  it('are looked at one after the other, and no more wait than are soon answered', async () => {
    const passwords = new Passwords();
    const stored = await passwords.hash(RIGHT);

    const outcomes = await Promise.allSettled(Array.from({ length: 60 }, () => passwords.verify(stored, RIGHT)));

    const refused = outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason as unknown);
    expect(refused).toHaveLength(60 - 41);
    for (const error of refused)
      expect(error).toMatchObject({ kind: 'unavailable', codes: ['service_not_available'], retryAfterSeconds: 1 });
    expect(refused[0]).toBeInstanceOf(CountersignError);
    expect(await passwords.verify(stored, RIGHT)).toBe(true);
  });
});
