import { useQuery } from '@tanstack/react-query';
import { request } from '../../api/request';
import type { FieldExplanation, Message } from '../types';
import { upstreamField } from './upstream-fields';

/** Explains fields of protocol messages, where the server has words for them, and members of upstream calls. */
export function useExplanations(): (message: Message, name: string) => FieldExplanation | null {
  const { data } = useQuery({
    queryKey: ['message-fields'],
    queryFn: ({ signal }) => request('GET message-fields', { signal }),
    staleTime: Infinity,
    retry: false,
  });
  return ({ message_type: type }, name) => {
    // A member of an object is explained with the object.
    const fields = data?.messages[type];
    return fields?.[name] ?? fields?.[name.split('.')[0] ?? ''] ?? upstreamField(type, name);
  };
}
