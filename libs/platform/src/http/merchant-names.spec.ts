import { createSocket, type Socket } from 'node:dgram';
import { lookup, Resolver, type LookupAddress } from 'node:dns';
import { once } from 'node:events';
import { MerchantNames } from './merchant-names';

type Answer = { code: string | undefined; addresses: string[] };

const ask = (names: MerchantNames, name: string, family?: 4 | 6): Promise<Answer> =>
  new Promise((resolve) =>
    names.resolve(name, family === undefined ? {} : { family }, (error, addresses) =>
      resolve({ code: error?.code, addresses: addresses.map(({ address }) => address) }),
    ),
  );

const fault = (code: string): NodeJS.ErrnoException => Object.assign(new Error(code), { code });
const resolver = (four: string[] | string, six: string[] | string): Resolver => {
  const say =
    (answer: string[] | string) =>
    (_name: string, done: (error: Error | null, addresses?: string[]) => void): void =>
      typeof answer === 'string' ? done(fault(answer)) : done(null, answer);
  return { resolve4: say(four), resolve6: say(six) } as unknown as Resolver;
};

/** The system's resolver: remembers what it is asked, and answers when told. */
class System {
  readonly asked: string[] = [];
  private readonly open: (() => void)[] = [];
  readonly lookup = (
    name: string,
    _options: object,
    done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
  ): void => {
    this.asked.push(name);
    this.open.push(() =>
      name.startsWith('known') ? done(null, [{ address: '192.0.2.1', family: 4 }]) : done(fault('ENOTFOUND'), []),
    );
  };
  answer(): void {
    for (const answer of this.open.splice(0)) answer();
  }
}

describe('the name of a merchant’s address', () => {
  it.each<[string, string[] | string, string[] | string, 4 | 6 | undefined, Answer]>([
    [
      'both kinds, IPv4 first',
      ['192.0.2.1'],
      ['2001:db8::1'],
      undefined,
      { code: undefined, addresses: ['192.0.2.1', '2001:db8::1'] },
    ],
    ['one kind alone', ['192.0.2.1'], 'ENODATA', undefined, { code: undefined, addresses: ['192.0.2.1'] }],
    ['the kind that is wanted', ['192.0.2.1'], ['2001:db8::1'], 6, { code: undefined, addresses: ['2001:db8::1'] }],
    [
      'an answer beside a fault',
      'ESERVFAIL',
      ['2001:db8::1'],
      undefined,
      { code: undefined, addresses: ['2001:db8::1'] },
    ],
    ['a fault of the name server', 'ENODATA', 'ETIMEOUT', undefined, { code: 'ETIMEOUT', addresses: [] }],
  ])('has %s', async (_what, four, six, family, answer) => {
    const system = new System();
    expect(await ask(new MerchantNames(resolver(four, six), system.lookup), 'shop.example', family)).toEqual(answer);
    expect(system.asked).toEqual([]);
  });

  it('is asked of the system where no name server knows it: two at a time, each once, and not again soon', async () => {
    const system = new System();
    let now = 0;
    const names = new MerchantNames(resolver('ENOTFOUND', 'ENOTFOUND'), system.lookup, () => now);
    const answers = Promise.all(['known.one', 'no.two', 'no.two', 'known.three'].map((name) => ask(names, name)));
    expect(system.asked).toEqual(['known.one', 'no.two']);
    system.answer();
    expect(system.asked).toEqual(['known.one', 'no.two', 'known.three']);
    system.answer();
    const [found, unknown] = [
      { code: undefined, addresses: ['192.0.2.1'] },
      { code: 'ENOTFOUND', addresses: [] },
    ];
    expect(await answers).toEqual([found, unknown, unknown, found]);

    expect(await ask(names, 'no.two')).toEqual(unknown);
    expect(system.asked).toHaveLength(3);
    now = 31_000;
    const later = ask(names, 'no.two');
    system.answer();
    expect(await later).toEqual(unknown);
    expect(system.asked).toHaveLength(4);
  });

  it('is the machine’s own for what is called localhost', async () => {
    expect((await ask(new MerchantNames(resolver('ESERVFAIL', 'ESERVFAIL')), 'localhost')).addresses).toContain(
      '127.0.0.1',
    );
  });

  it('is an address already', async () => {
    expect(await ask(new MerchantNames(resolver('ESERVFAIL', 'ESERVFAIL')), '::1')).toEqual({
      code: undefined,
      addresses: ['::1'],
    });
  });
});

describe('a name server that keeps silent', () => {
  let silence: Socket;

  beforeEach(async () => {
    silence = createSocket('udp4').bind(0, '127.0.0.1');
    await once(silence, 'listening');
  });

  afterEach(() => silence.close());

  it('holds up nobody else', async () => {
    const own = new Resolver({ timeout: 500, tries: 1 });
    own.setServers([`127.0.0.1:${silence.address().port}`]);
    const names = new MerchantNames(own);
    const ended: string[] = [];
    const asked = Array.from({ length: 20 }, (_, index) =>
      ask(names, `shop-${index}.example`).then(({ code }) => ended.push(code ?? 'found')),
    );

    await new Promise((resolve) => lookup('localhost', resolve));
    expect(ended).toEqual([]);
    await Promise.all(asked);
    expect(new Set(ended)).toEqual(new Set(['ETIMEOUT']));
  });
});
