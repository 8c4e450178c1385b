import { useParams } from 'react-router-dom';
import { duration } from '../format/time';
import { useRefreshing } from '../ui/use-refreshing';
import { perform } from '../providers/acts';
import { useOne } from '../providers/use-one';
import { useMay } from '../session/me';
import { MerchantLink } from '../merchants/MerchantLink';
import { Facts } from '../ui/Facts';
import type { Given } from '../ui/given';
import { Found } from '../ui/Found';
import { IdLink } from '../ui/IdLink';
import { Notice } from '../ui/Notice';
import { Page } from '../ui/Page';
import { Pill } from '../ui/Pill';
import { ReasonedAct } from '../ui/ReasonedAct';
import { Section } from '../ui/Section';
import { Time } from '../ui/Time';
import { useDone } from '../ui/use-done';
import { TOKEN_STATES, type UpstreamToken } from './types';

const BACK = { to: '/tokens', label: 'Tokens' };

/** How one upstream token stands, and how to have another. */
export function TokenShow() {
  const { id = '' } = useParams();
  const query = useOne('tokens', id);
  useRefreshing(query.refetch);
  return (
    <Found query={query} what="token" back={BACK}>
      {(token) => <Shown token={token} />}
    </Found>
  );
}

const time = (at: string | null) => at && <Time at={at} as="full" />;

function Shown({ token }: { readonly token: UpstreamToken }) {
  const mayAct = useMay('tokens.act');
  const { tone, label } = TOKEN_STATES[token.state];
  const name = token.account_name ?? 'an account that is gone';
  return (
    <Page
      title={`Token for ${name}`}
      heading={
        <>
          Token for {name} <Pill tone={tone}>{label}</Pill>
        </>
      }
      back={BACK}
      actions={mayAct && <Acts token={token} />}
    >
      {token.failure !== null && (
        <Notice kind={token.state === 'renewal_failing' ? 'warn' : 'bad'}>
          The last fetch failed: {token.failure.replaceAll('_', ' ')}.{' '}
          {token.state === 'refused'
            ? 'The credential has to be replaced; it is not tried again until then.'
            : 'It is tried again by itself, with longer and longer pauses.'}
        </Notice>
      )}
      <Section title="How it stands">
        <Facts
          facts={[
            [
              'Account',
              <IdLink key="account" id={token.account_id} name="account id" isWords>
                {name}
              </IdLink>,
            ],
            ['Merchant', token.merchant_id && <MerchantLink key="merchant" id={token.merchant_id} />],
            ['Scopes', token.scopes.join(', ') || 'What the upstream grants by itself'],
            ['Issued', time(token.issued_at)],
            ['Expires', time(token.expires_at)],
            ['Next refresh', time(token.renew_at)],
            ['Life', token.life_seconds === null ? null : duration(token.life_seconds * 1000)],
            ['Kept fresh until', time(token.in_use_until)],
            ['Being fetched until', time(token.fetching_until)],
            ['Refusal believed until', time(token.refused_until)],
          ]}
        />
      </Section>
      <Section title="Since it was first asked for">
        <Facts
          facts={[
            ['First asked for', time(token.created_at)],
            ['Refreshes', token.refreshes],
            ['Refreshes per life', token.refreshes_per_life],
            [token.fetching_until === null ? 'Last fetched by' : 'Being fetched by', token.fetched_by],
            ['Requests that waited', token.waits],
            ['Last waited', time(token.last_waited_at)],
            ['Failed refreshes', token.failed_refreshes],
            ['Failures in a row', token.failures],
            ['Last error', token.last_failure?.replaceAll('_', ' ')],
            ['Last failed', time(token.last_failed_at)],
            ['Not taken by the upstream, in a row', token.rejections],
          ]}
        />
      </Section>
    </Page>
  );
}

function Acts({ token }: { readonly token: UpstreamToken }) {
  const done = useDone();
  const doIt =
    (name: 'refresh' | 'drop', words: string) =>
    async (given: Given): Promise<void> => {
      await perform(`POST tokens/{id}/${name}`, given, { path: { id: token.id } });
      await done(words);
    };
  return (
    <>
      <ReasonedAct
        label="Refresh now"
        explanation={[
          'The upstream is asked for another token within a second.',
          'The one that is there serves until then; no request waits.',
        ]}
        onDo={doIt('refresh', 'The token is fetched anew.')}
      />
      <ReasonedAct
        label="Drop"
        explanation={[
          'All tokens of this account are dropped, and what was remembered of failures and refusals.',
          'The next session has one fetched, and waits for it.',
        ]}
        isFinal
        onDo={doIt('drop', 'The tokens of the account are dropped.')}
      />
    </>
  );
}
