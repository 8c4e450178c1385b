import { useState } from 'react';
import { ENVIRONMENTS } from '../merchants/words';
import type { Environment } from '../merchants/types';
import { request } from '../api/request';
import { SCHEME_NAMES, wordFor } from '../sessions/words';
import { ActDialog } from '../ui/ActDialog';
import { Facts } from '../ui/Facts';
import { Notice } from '../ui/Notice';
import { SelectInput } from '../ui/SelectInput';
import { TextInput } from '../ui/TextInput';
import type { Found } from './types';

/** Which directory servers know a card, and what they say of it. */
export function LookUp({ onClose }: { readonly onClose: () => void }) {
  const [environment, setEnvironment] = useState<Environment>('test');
  const [number, setNumber] = useState('');
  const [found, setFound] = useState<readonly Found[] | null>(null);
  const lookUp = async (): Promise<void> => {
    setFound(null);
    const body = { environment, number: number.replaceAll(/\s/g, '') };
    const answer = await request('POST directory-servers/look-up', { body });
    setFound(answer.found);
  };
  const known = found?.filter(({ range }) => range !== null);
  return (
    <ActDialog
      title="Look up a card"
      label="Look up"
      explanation={['Its first eight digits are enough. What you type is neither kept nor logged.']}
      asksWhy={false}
      onDo={lookUp}
      onClose={onClose}
    >
      <SelectInput label="Environment" value={environment} choices={ENVIRONMENTS} onChange={setEnvironment} />
      <TextInput
        label="Card number, or its beginning"
        value={number}
        onChange={setNumber}
        isRequired
        autoFocus
        attributes={{ inputMode: 'numeric', maxLength: 23, autoComplete: 'off' }}
      />
      {known?.length === 0 && (
        <Notice kind="warn">
          No directory server has a range for it: it is not enrolled, or its ranges are not loaded.
        </Notice>
      )}
      {known?.map(({ id, directory_server: server, range }) => (
        <Facts
          key={id}
          facts={[
            ['Directory server', wordFor(SCHEME_NAMES, server)],
            ['Range', range && `${range.start} to ${range.end}`],
            ['ACS versions', range && [...new Set([range.acs_start_version, range.acs_end_version])].join(' to ')],
            ['3DS Method', range?.method_url ?? 'None'],
          ]}
        />
      ))}
    </ActDialog>
  );
}
