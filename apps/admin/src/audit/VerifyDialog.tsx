import { useState } from 'react';
import { request } from '../api/request';
import { ActDialog } from '../ui/ActDialog';
import { Copyable } from '../ui/Copyable';
import { Notice } from '../ui/Notice';
import { TextInput } from '../ui/TextInput';
import type { ChainVerdict } from './types';

/** Has the server look at every entry of the chain, and says what it found. */
export function VerifyDialog({ onClose }: { readonly onClose: () => void }) {
  const [anchor, setAnchor] = useState('');
  const [verdict, setVerdict] = useState<ChainVerdict | null>(null);
  const verify = async (): Promise<void> => {
    setVerdict(null);
    const body = anchor.trim() === '' ? {} : { anchor: anchor.trim() };
    setVerdict(await request('POST audit/verify', { body }));
  };
  return (
    <ActDialog
      title="Verify the chain"
      label={verdict ? 'Verify again' : 'Verify'}
      explanation={['Every entry is held against the one before it. Nothing is changed.']}
      asksWhy={false}
      onDo={verify}
      onClose={onClose}
    >
      <TextInput
        label="An end that you kept (optional)"
        value={anchor}
        onChange={setAnchor}
        hint="Then the chain must also have come by it: number, colon, hash."
        attributes={{ maxLength: 90, spellCheck: false, autoComplete: 'off' }}
      />
      {verdict && <Verdict verdict={verdict} />}
    </ActDialog>
  );
}

const PROBLEMS: Readonly<Record<string, string>> = {
  entry_missing: 'An entry is missing',
  entry_altered: 'An entry was altered',
  end_missing: 'Entries at the end are missing',
  end_altered: 'The end of the chain was altered',
  anchor_missed: 'The chain never came by the end that you kept',
};

function Verdict({
  verdict: { intact, entries, end, problem, broken_at: brokenAt },
}: {
  readonly verdict: ChainVerdict;
}) {
  if (!intact) {
    return (
      <Notice kind="bad">
        {PROBLEMS[problem ?? ''] ?? 'The chain does not hold'}: entry {brokenAt}.
      </Notice>
    );
  }
  return (
    <Notice kind="good">
      All {entries} entries are as they were written. {end !== null && <Copyable text={end} name="end of the chain" />}
    </Notice>
  );
}
