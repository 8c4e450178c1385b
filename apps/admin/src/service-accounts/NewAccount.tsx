import { useState } from 'react';
import { GrantFields, grantBody } from '../operators/GrantFields';
import type { Grant } from '../operators/types';
import { perform } from '../providers/acts';
import { useMe } from '../session/me';
import { ActDialog } from '../ui/ActDialog';
import type { Given } from '../ui/given';
import { SecretDialog } from '../ui/SecretDialog';
import { TextInput } from '../ui/TextInput';
import { useDone } from '../ui/use-done';
import type { NewServiceAccount } from './types';

/** Makes a service account, and tells its secret once. */
export function NewAccount({ onClose }: { readonly onClose: () => void }) {
  const me = useMe();
  const [name, setName] = useState('');
  const [grant, setGrant] = useState<Grant>({
    role: 'viewer',
    all_merchants: me?.all_merchants === true,
    merchant_ids: [],
  });
  const [made, setMade] = useState<NewServiceAccount | null>(null);
  const done = useDone();
  const make = async (given: Given): Promise<void> => {
    const body = { name: name.trim(), ...grantBody(grant) };
    setMade(await perform('POST service-accounts', given, { body }));
    await done('The service account is there.');
  };
  if (made) {
    return (
      <SecretDialog
        title="The service account is there"
        told={{ 'Client id': made.client_id, 'Client secret': made.client_secret }}
        onClose={onClose}
      />
    );
  }
  return (
    <ActDialog
      title="New service account"
      label="Create"
      explanation={[
        'A program gets tokens with its client id and secret, and does what its role may, audited as you are.',
      ]}
      onDo={make}
      onClose={onClose}
    >
      <TextInput
        label="Name"
        names={['name']}
        value={name}
        onChange={setName}
        isRequired
        autoFocus
        attributes={{ maxLength: 100 }}
      />
      <GrantFields grant={grant} onChange={setGrant} />
    </ActDialog>
  );
}
