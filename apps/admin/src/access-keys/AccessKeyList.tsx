import type { FilterField } from '../list/filter-field';
import { ListPage } from '../list/ListPage';
import type { View } from '../list/Views';
import type { AccessKey } from '../merchants/types';
import { useMerchantField } from '../merchants/use-merchant-field';
import { ENVIRONMENTS } from '../merchants/words';
import { ACCESS_KEY_COLUMNS } from './columns';

const VIEWS: readonly View[] = [
  { name: 'All', filter: {} },
  { name: 'In use', filter: { is_ended: false } },
  { name: 'Ended', filter: { is_ended: true } },
];

/** Screen 6: client ids and secrets of merchants’ backends. */
export function AccessKeyList() {
  const fields: readonly FilterField[] = [
    useMerchantField(),
    { kind: 'words', name: 'environment', label: 'Environment', choices: ENVIRONMENTS },
    { kind: 'flag', name: 'is_ended', label: 'Key', yes: 'ended', no: 'in use' },
    { kind: 'text', name: 'id', label: 'Client id', hint: 'ack_ and 26 letters', maxLength: 30 },
  ];
  return (
    <ListPage<AccessKey>
      resource="access-keys"
      title="Access keys"
      columns={ACCESS_KEY_COLUMNS}
      fields={fields}
      views={VIEWS}
      usualSort="-created_at"
      pathOf={({ id }) => `/access-keys/${id}`}
      empty={{ title: 'No access keys', text: 'They are issued on the page of a merchant.' }}
    />
  );
}
