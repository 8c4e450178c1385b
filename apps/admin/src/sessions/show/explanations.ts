import { useQuery } from '@tanstack/react-query';
import { call } from '../../providers/http';
import type { Message } from '../types';

/** What is known of a field of a protocol message. */
export interface FieldExplanation {
  readonly description: string;
  /** `max 32`, `uuid` */
  readonly format: string;
  /** When it is there, and what it must be. */
  readonly rule: string;
  /** What values mean, by the value. */
  readonly values: Readonly<Record<string, string>>;
}

interface MessageFields {
  /** By the message, then by the field. */
  readonly messages: Readonly<Record<string, Readonly<Record<string, FieldExplanation>>>>;
}

/** Explains fields of messages, where the server has words for them. */
export function useExplanations(): (message: Message, name: string) => FieldExplanation | null {
  const { data } = useQuery({
    queryKey: ['message-fields'],
    queryFn: ({ signal }) => call<MessageFields>('GET', 'message-fields', { signal }),
    staleTime: Infinity,
    retry: false,
  });
  return ({ message_type: type }, name) => {
    // A member of an object is explained with the object.
    const fields = data?.messages[type];
    return fields?.[name] ?? fields?.[name.split('.')[0] ?? ''] ?? null;
  };
}
