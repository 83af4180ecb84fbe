import { expect, it } from 'vitest';
import { definitions } from '../../src/core/commands/index.ts';
import { EVENTS } from '../../src/slack/arrival.ts';
import { manifest } from './open-slack.ts';

it('The manifest asks for the events that we deal with, and for no others', () => {
  expect([...manifest.settings.event_subscriptions.bot_events].sort()).toEqual([...EVENTS].sort());
});

it('The manifest has a shortcut for every command with an entry in a message’s menu', () => {
  const entries = definitions.flatMap(({ name, menu }) =>
    menu === undefined ? [] : [{ name: menu, callback_id: `paperboy:${name}` }],
  );
  expect(manifest.features.shortcuts).toMatchObject(entries);
});
