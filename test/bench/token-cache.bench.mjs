/** A token from memory, asked for by the account and its scopes, against a bare look into a Map and a comparison of times. */
import { anAccount, anUpstream, startTokenCache } from './support/token-cache.mjs';

const ACCOUNTS = 1_000;
const CALLS = Number(process.env.BENCH_CALLS ?? 1_000_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 7);
const GOAL_US = 2;

const upstream = anUpstream(() => 3_600, 0);
const { cache, stop } = await startTokenCache(process.env.BENCH_DATABASE_URL, upstream.fetch);
const requests = Array.from({ length: ACCOUNTS }, (_, index) => ({
  accountId: anAccount(index),
  credentialVersion: 1,
  scopes: ['sessions:app', 'sessions:browser'],
}));
const tokens = await Promise.all(requests.map((request) => cache.token(request)));
const bare = new Map(tokens.map((token, index) => [anAccount(index), token]));

/** Microseconds a call. */
async function measure(ask) {
  const begun = performance.now();
  for (let call = 0; call < CALLS; call++) await ask(call % ACCOUNTS);
  return ((performance.now() - begun) * 1000) / CALLS;
}
const ours = () => measure((index) => cache.token(requests[index]));
const floor = () =>
  measure((index) => {
    const token = bare.get(requests[index].accountId);
    if (!token || token.expiresAt <= new Date()) throw new Error('no token');
    return token;
  });
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

await floor();
await ours();
const [values, floors] = [[], []];
for (let round = 1; round <= ROUNDS; round++) {
  floors.push(await floor());
  values.push(await ours());
  process.stderr.write(`round ${round}: floor ${floors.at(-1).toFixed(3)}, ours ${values.at(-1).toFixed(3)} µs\n`);
}
if (upstream.asked !== ACCOUNTS) throw new Error(`the upstream was asked ${upstream.asked} times`);
await stop();
const [value, base] = [median(values), median(floors)];
const line = {
  bench: 'token-cache',
  value: Number(value.toFixed(3)),
  floor: Number(base.toFixed(3)),
  ratio: Number((value / base).toFixed(2)),
  unit: 'µs',
  goal: GOAL_US,
};
process.stdout.write(`${JSON.stringify(line)}\n`);
process.exitCode = value < GOAL_US ? 0 : 1;
