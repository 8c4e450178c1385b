import { shapes, type AdminDescription } from '@app/platform';
import { TOKEN_LISTING } from '@app/token-cache';
import { TokenActDto } from './admin-tokens.dto';

const { count, id, listOf, number, oneOf, orNull, text, time, whole } = shapes;

export const DESCRIPTION: AdminDescription = {
  tag: 'Upstream tokens',
  schemas: {
    UpstreamToken: whole({
      id: { type: 'string', pattern: '^[0-9a-f]{64}$' },
      account_id: id('connectorAccount'),
      account_name: orNull(text),
      merchant_id: orNull(id('merchant')),
      connector: orNull(text),
      scopes: listOf(text),
      state: oneOf(['valid', 'none', 'fetching', 'renewal_failing', 'failing', 'refused']),
      issued_at: orNull(time),
      expires_at: orNull(time),
      renew_at: time,
      in_use_until: time,
      fetching_until: orNull(time),
      life_seconds: orNull(count),
      failures: count,
      failure: orNull(text),
      rejections: count,
      refused_until: orNull(time),
      fetched_by: orNull(text),
      refreshes: count,
      lives: count,
      refreshes_per_life: orNull(number),
      failed_refreshes: count,
      last_failure: orNull(text),
      last_failed_at: orNull(time),
      waits: count,
      last_waited_at: orNull(time),
      created_at: time,
    }),
  },
  routes: {
    'GET tokens': {
      id: 'listUpstreamTokens',
      summary: 'List upstream tokens: everything but the token',
      list: TOKEN_LISTING,
      answer: 'UpstreamToken',
    },
    'GET tokens/:id': { id: 'getUpstreamToken', summary: 'Show an upstream token', answer: 'UpstreamToken' },
    'POST tokens/:id/refresh': {
      id: 'refreshUpstreamToken',
      summary: 'Fetch a new one now',
      body: TokenActDto,
      answer: 'UpstreamToken',
      refusals: [409],
    },
    'POST tokens/:id/drop': {
      id: 'dropUpstreamToken',
      summary: 'Forget it: the next who needs it fetches one',
      body: TokenActDto,
      answer: 'UpstreamToken',
      refusals: [409],
    },
  },
};
