import { checkView } from '../block-limits.ts';
import { checkImages } from '../images.ts';
import { textOf, type Json } from '../json.ts';
import { Refusal } from '../refusal.ts';
import { nextId, type SlackView } from '../world.ts';
import { objectArg, textArg, type Call, type Method } from './call.ts';

const open: Method = (call) => {
  const { world, args } = call;
  const id = textArg(args, 'trigger_id');
  const trigger = world.triggers.get(id);
  if (trigger?.team !== call.install.team) throw new Refusal('invalid_trigger_id');
  if (trigger.until < world.clock.now()) throw new Refusal('expired_trigger_id');
  // A trigger opens one view.
  world.triggers.delete(id);
  return add(call, trigger.user, viewArg(call));
};

const publish: Method = (call) => {
  const { world, args, install } = call;
  const user = textArg(args, 'user_id');
  const view = viewArg(call);
  if (view['type'] !== 'home') throw new Refusal('invalid_arguments');
  const old = world.views.find(
    (each) => each.type === 'home' && each.user === user && each.team === install.team,
  );
  return old === undefined ? add(call, user, view) : replace(call, old, view);
};

const update: Method = (call) => {
  const { world, args } = call;
  const view = world.views.find(({ id, isOpen }) => id === textArg(args, 'view_id') && isOpen);
  if (view === undefined) throw new Refusal('not_found');
  const hash = textArg(args, 'hash');
  if (hash !== '' && hash !== view.hash) throw new Refusal('hash_conflict');
  return replace(call, view, viewArg(call));
};

export const views: Readonly<Record<string, Method>> = {
  'views.open': open,
  'views.publish': publish,
  'views.update': update,
};

function viewArg({ world, args }: Call): Json {
  const view = objectArg(args, 'view');
  try {
    checkView(view);
    checkImages(world, view['blocks']);
  } catch (error) {
    throw error instanceof Refusal ? asArgument(error) : error;
  }
  return view;
}

/** A view is one argument among others, so it is refused as such, with the place that is wrong. */
function asArgument({ details }: Refusal): Refusal {
  const places = details.map((detail) =>
    detail.includes('json-pointer:')
      ? detail.replace('json-pointer:', 'json-pointer:/view')
      : `${detail} [json-pointer:/view/blocks]`,
  );
  return new Refusal('invalid_arguments', places);
}

function add({ world, install }: Call, user: string, view: Json): Json {
  const added: SlackView = {
    id: nextId(world, 'V'),
    team: install.team,
    user,
    type: textOf(view['type']),
    view,
    hash: nextId(world, 'hash'),
    isOpen: true,
  };
  world.views.push(added);
  return { view: wireView(added) };
}

function replace({ world }: Call, old: SlackView, view: Json): Json {
  old.view = view;
  old.hash = nextId(world, 'hash');
  return { view: wireView(old) };
}

/** The view as replies and interactions hold it. */
export function wireView({ id, team, type, view, hash }: SlackView): Json {
  return {
    private_metadata: '',
    callback_id: '',
    ...view,
    id,
    team_id: team,
    type,
    hash,
    app_installed_team_id: team,
  };
}
