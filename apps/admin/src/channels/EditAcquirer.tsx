import { useState } from 'react';
import type { AcquirerRecord, Channel } from '../merchants/types';
import { perform } from '../providers/acts';
import { SCHEME_NAMES } from '../sessions/words';
import { ActDialog } from '../ui/ActDialog';
import type { Given } from '../ui/given';
import { SelectInput } from '../ui/SelectInput';
import { TextInput } from '../ui/TextInput';
import { useDone } from '../ui/use-done';
import { useDraft } from '../ui/use-draft';

// The keys are the schemes that there are.
const SCHEMES = Object.entries(SCHEME_NAMES).map(([value, label]) => ({ value: value as Scheme, label }));

type Scheme = AcquirerRecord['scheme'];
type Field = Exclude<keyof AcquirerRecord, 'scheme'>;

const FIELDS: readonly (readonly [name: Field, label: string, maxLength: number, hint?: string])[] = [
  ['acquirer_bin', 'Acquirer BIN', 11],
  ['acquirer_merchant_id', 'Acquirer merchant id', 35],
  ['mcc', 'Merchant category code', 4, 'ISO 18245, four digits'],
  ['country_code', 'Country', 3, 'ISO 3166-1, three digits'],
  ['merchant_name', 'Merchant name', 40],
  ['requestor_id', 'Requestor id', 35],
  ['requestor_name', 'Requestor name', 40],
  ['requestor_url', 'Requestor URL', 2048],
];

const EMPTY = Object.fromEntries(FIELDS.map(([name]) => [name, ''])) as Record<Field, string>;

/** Sets who the merchant is to one scheme. */
export function EditAcquirer({ channel, onClose }: { readonly channel: Channel; readonly onClose: () => void }) {
  const [scheme, setScheme] = useState<Scheme>('visa');
  const there: Readonly<Record<Field, string>> =
    channel.acquirers.find((record) => record.scheme === scheme) ?? channel.acquirers[0] ?? EMPTY;
  const { form, type, discard } = useDraft(there);
  const done = useDone();
  const save = async (given: Given): Promise<void> => {
    const fields = Object.fromEntries(FIELDS.map(([name]) => [name, form[name].trim()])) as Record<Field, string>;
    await perform('PUT channels/{id}/acquirers', given, { path: { id: channel.id }, body: { ...fields, scheme } });
    await done('The acquirer record is set.');
    onClose();
  };
  return (
    <ActDialog
      title="Acquirer record"
      label="Save"
      explanation={['What an acquirer registered for this merchant with the scheme. It goes into every AReq.']}
      of={channel}
      onDo={save}
      onClose={onClose}
    >
      <SelectInput
        label="Scheme"
        value={scheme}
        choices={SCHEMES}
        onChange={(chosen) => {
          setScheme(chosen);
          discard();
        }}
      />
      {FIELDS.map(([name, label, maxLength, hint]) => (
        <TextInput
          key={name}
          label={label}
          names={[name]}
          value={form[name]}
          onChange={(value) => type({ [name]: value })}
          isRequired
          {...(hint === undefined ? {} : { hint })}
          attributes={{ maxLength, autoComplete: 'off' }}
        />
      ))}
    </ActDialog>
  );
}
