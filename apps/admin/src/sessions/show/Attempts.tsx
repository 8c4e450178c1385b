import { styled } from '@mui/material/styles';
import { Copyable } from '../../ui/Copyable';
import { Facts } from '../../ui/Facts';
import { Notice } from '../../ui/Notice';
import { Time } from '../../ui/Time';
import type { Attempt, SessionStory } from '../types';
import { CONNECTOR_NAMES, wordFor } from '../words';
import { flat } from './differences';

const Item = styled('article')(({ theme }) => ({
  display: 'grid',
  gap: 12,
  padding: 16,
  borderTop: `1px solid ${theme.tokens.line}`,
  '&:first-of-type': { borderTop: 0 },
  '& h3': { margin: 0, fontSize: 13, fontWeight: 620 },
}));

const PROGRESS_WORDS: Readonly<Record<string, string>> = {
  planned: 'Planned: nobody was asked yet',
  opened: 'Opened at the upstream',
  asked: 'Asked: an issuer may have seen it',
  answered: 'Answered',
  settled: 'Settled',
};

const id = (text: string | null, name: string) => text && <Copyable text={text} name={name} isWhole />;

/** Every try of the session at a connector. */
export function Attempts({ session }: { readonly session: SessionStory }) {
  return (
    <div>
      {session.attempts_made.map((attempt) => (
        <Item key={attempt.number}>
          <h3>
            {attempt.number}. {wordFor(CONNECTOR_NAMES, attempt.connector)}
          </h3>
          <Facts
            facts={[
              ['State', wordFor(PROGRESS_WORDS, attempt.progress)],
              ['EMV 3DS', attempt.protocol_version],
              ['Begun', <Time key="at" at={attempt.created_at} as="full" />],
              ['3DS Server transaction', id(attempt.transaction_id, '3DS Server transaction id')],
              ['Directory server transaction', id(attempt.ds_transaction_id, 'directory server transaction id')],
              ['ACS transaction', id(attempt.acs_transaction_id, 'ACS transaction id')],
              ['3DS Method', attempt.method_url],
            ]}
          />
          <ErrorNotice attempt={attempt} />
        </Item>
      ))}
      {session.attempts_made.length === 0 && <Item>The request was turned away before anybody was asked.</Item>}
    </div>
  );
}

function ErrorNotice({ attempt: { error } }: { readonly attempt: Attempt }) {
  if (error === null) return null;
  return (
    <Notice kind="bad">
      {[...flat(error)].map(([name, value]) => (
        <div key={name}>
          {name}: {value}
        </div>
      ))}
    </Notice>
  );
}
