import {
  createLogger,
  MerchantAddresses,
  Metrics,
  OutboundFailure,
  OutboundHttp,
  type OutboundRequest,
  type OutboundResponse,
} from '@app/platform';
import { DirectoryServerClient, type DirectoryServerCall } from './directory-server.client';

const ANSWER: OutboundResponse = { status: 200, headers: {}, body: Buffer.from('{}'), latencyMs: 3 };

/** Plays a script of answers and failures instead of a network. */
class ScriptedHttp extends OutboundHttp {
  readonly requests: OutboundRequest[] = [];

  constructor(private readonly script: Array<OutboundResponse | OutboundFailure>) {
    super(new MerchantAddresses({ demo: false }));
  }

  override async request(options: OutboundRequest): Promise<OutboundResponse> {
    this.requests.push(options);
    const next = this.script.shift();
    if (next === undefined || next instanceof Error) throw next ?? new Error('The script is over');
    return next;
  }
}

const CALL: DirectoryServerCall = {
  directoryServer: 'visa',
  url: 'https://ds.example/visa',
  verb: 'AReq',
  transactionId: '8a880dc0-d2d2-4067-bcb1-b08d1690b26e',
  body: '{"acctNumber":"4485040371536584"}',
  budgetMs: 6_500,
};

function play(...script: Array<OutboundResponse | OutboundFailure>) {
  const lines: string[] = [];
  const http = new ScriptedHttp(script);
  const metrics = new Metrics();
  const log = createLogger('info', { write: (line) => void lines.push(line) });
  return { client: new DirectoryServerClient(http, metrics, log), http, metrics, lines };
}

describe('directory server client', () => {
  it('posts JSON and gives the answer', async () => {
    const { client, http } = play(ANSWER);

    const reply = await client.send(CALL);

    expect(reply).toMatchObject({ outcome: 'answered', status: 200, body: ANSWER.body });
    expect(http.requests[0]).toMatchObject({
      method: 'POST',
      url: CALL.url,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: CALL.body,
    });
  });

  it.each(['refused', 'unresolvable'] as const)(
    'connects a second time, within the same budget, when the first was %s',
    async (reason) => {
      const { client, http } = play(new OutboundFailure(reason, false), ANSWER);

      expect(await client.send(CALL)).toMatchObject({ outcome: 'answered' });
      expect(http.requests).toHaveLength(2);
      expect(http.requests[1]?.timeoutMs).toBeLessThanOrEqual(CALL.budgetMs);
    },
  );

  it('gives up after the second refusal, certain that nothing arrived', async () => {
    const { client, http } = play(new OutboundFailure('refused', false), new OutboundFailure('refused', false), ANSWER);

    expect(await client.send(CALL)).toMatchObject({ outcome: 'failed', reason: 'refused', requestSent: false });
    expect(http.requests).toHaveLength(2);
  });

  it.each(['timeout', 'cut', 'too_large'] as const)(
    'never repeats a request that may have arrived: %s',
    async (reason) => {
      const { client, http } = play(new OutboundFailure(reason, true), ANSWER);

      expect(await client.send(CALL)).toMatchObject({ outcome: 'failed', reason, requestSent: true });
      expect(http.requests).toHaveLength(1);
    },
  );

  it('counts and logs the call, and never its body', async () => {
    const { client, metrics, lines } = play(ANSWER);

    await client.send(CALL);

    expect(lines.join('')).toContain(CALL.transactionId);
    expect(lines.join('')).not.toContain('4485040371536584');
    expect((await metrics.render()).text).toContain(
      'countersign_directory_server_calls_total{directory_server="visa",verb="AReq",outcome="200"} 1',
    );
  });
});
