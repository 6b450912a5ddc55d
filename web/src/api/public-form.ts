import { sendJson } from './request.ts';

/** What a visitor of a public link is shown before they say who they are. */
export interface PublicForm {
  title: string;
  message: string;
  sender: string;
  language: string;
  asks_password: boolean;
  test: boolean;
}

export const publicFormApi = {
  read: (token: string) => sendJson<PublicForm>({ token }, '/v1/public-form'),
  start: (token: string, said: { name: string; email: string; language: string; password: string }) =>
    sendJson<{ url: string }>({ token }, '/v1/public-form/start', { method: 'POST', body: said }),
};
