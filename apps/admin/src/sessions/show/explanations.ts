import { useQuery } from '@tanstack/react-query';
import type { Schemas } from '../../api/admin-api';
import { request } from '../../api/request';
import type { Message } from '../types';

/** What is known of a field of a protocol message. */
export type FieldExplanation = Schemas['MessageFields']['messages'][string][string];

/** Explains fields of messages, where the server has words for them. */
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
    return fields?.[name] ?? fields?.[name.split('.')[0] ?? ''] ?? null;
  };
}
