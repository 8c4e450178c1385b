import Button from '@mui/material/Button';
import { useState } from 'react';
import type { FilterField } from '../list/filter-field';
import { ListPage } from '../list/ListPage';
import { useMerchantField } from '../merchants/use-merchant-field';
import { useMe } from '../session/me';
import { AUDIT_COLUMNS } from './columns';
import { EntryDialog } from './EntryDialog';
import type { AuditEntry } from './types';
import { VerifyDialog } from './VerifyDialog';

const fieldsWith = (merchant: FilterField): readonly FilterField[] => [
  { kind: 'time', name: 'at', label: 'When' },
  { kind: 'text', name: 'act', label: 'Act', hint: 'Such as operator.invited', maxLength: 80 },
  { kind: 'text', name: 'actor_id', label: 'Who (id)', maxLength: 40 },
  {
    kind: 'words',
    name: 'actor_kind',
    label: 'Kind of actor',
    choices: [
      { value: 'operator', label: 'Person' },
      { value: 'service_account', label: 'Service account' },
      { value: 'command_line', label: 'Command line' },
    ],
  },
  { kind: 'text', name: 'subject', label: 'On what (id)', maxLength: 80 },
  merchant,
];

/** Screen 13: what operators did, and whether the record of it is whole. */
export function AuditList() {
  const me = useMe();
  const [opened, setOpened] = useState<AuditEntry | null>(null);
  const [isVerifying, setVerifying] = useState(false);
  // The chain is the whole installation's.
  const mayVerify = me?.all_merchants === true && me.permissions.includes('audit.verify');
  return (
    <>
      <ListPage<AuditEntry>
        resource="audit"
        title="Audit log"
        columns={AUDIT_COLUMNS}
        fields={fieldsWith(useMerchantField())}
        usualSort="-seq"
        pathOf={() => null}
        onOpen={setOpened}
        actions={() => mayVerify && <Button onClick={() => setVerifying(true)}>Verify the chain</Button>}
        empty={{ title: 'Nothing was done yet', text: 'Whatever an operator does is written down here.' }}
      />
      {opened && <EntryDialog entry={opened} onClose={() => setOpened(null)} />}
      {isVerifying && <VerifyDialog onClose={() => setVerifying(false)} />}
    </>
  );
}
