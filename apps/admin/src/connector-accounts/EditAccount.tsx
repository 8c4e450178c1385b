import { useState } from 'react';
import type { Account } from '../merchants/types';
import { perform } from '../providers/acts';
import { ActDialog } from '../ui/ActDialog';
import { Check } from '../ui/Checks';
import type { Given } from '../ui/given';
import { TextInput } from '../ui/TextInput';
import { edited } from '../ui/edited';
import { useDone } from '../ui/use-done';
import { useDraft } from '../ui/use-draft';
import { settingsBody, SettingFields, settingsOf } from './SettingFields';

const formOf = (account: Account) => ({ name: account.name, ...settingsOf(account) });

const bodyOf = (form: ReturnType<typeof formOf>) => ({ name: form.name.trim(), ...settingsBody(form) });

/** Changes what an account is called and where it leads; its credentials have acts of their own. */
export function EditAccount({ account, onClose }: { readonly account: Account; readonly onClose: () => void }) {
  const there = formOf(account);
  const { form, type } = useDraft(there);
  const [isTested, setTested] = useState(true);
  const done = useDone();
  const save = async (given: Given): Promise<void> => {
    const body = { ...edited(bodyOf(there), bodyOf(form)), test: isTested };
    await perform('PATCH connector-accounts/{id}', given, { path: { id: account.id }, body });
    await done('The account is changed.');
    onClose();
  };
  return (
    <ActDialog
      title="Edit the account"
      label="Save"
      explanation={[
        'Other addresses or scopes count within five seconds; tokens that were got with those of before are dropped.',
      ]}
      of={account}
      onDo={save}
      onClose={onClose}
    >
      <TextInput
        label="Name"
        names={['name']}
        value={form.name}
        onChange={(name) => type({ name })}
        isRequired
        autoFocus
        attributes={{ maxLength: 100 }}
      />
      <SettingFields settings={form} onChange={type} />
      <Check
        label="Try the credential with other addresses or scopes first"
        isChecked={isTested}
        onChange={setTested}
      />
    </ActDialog>
  );
}
