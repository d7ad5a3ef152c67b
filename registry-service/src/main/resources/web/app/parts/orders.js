import { follow, order, Refusal } from '../api.js';
import { t } from '../i18n.js';
import { confirm } from './confirm.js';

/** Asks, and makes a version the one that answers. */
export function promote(model, version, done) {
  confirm({
    title: t('promote_title', { version }),
    text: t('promote_text', { version, model }),
    action: t('promote'),
    run: (who) => order('/aliases:set', { model, alias: 'active', version, ...who }),
    done,
  });
}

/** Asks, and moves `active` back to where it pointed. */
export function rollBack(model, version, previous, done) {
  confirm({
    title: t('rollback_title', { version }),
    text: t('rollback_text', { version, previous: previous || model }),
    action: t('rollback'),
    run: (who) => order('/aliases:rollback', { model, alias: 'active', ...who }),
    done,
  });
}

/** Asks, and lets a version pass that awaits a person. */
export function approve(version, done) {
  confirm({
    title: t('approve_title', { version }),
    text: t('approve_text', { version }),
    action: t('approve'),
    run: (who) => order('/versions:approve', { version, ...who }),
    done,
  });
}

/** Asks, and erases a fact; what is told in the end is the proof. */
export function erase(model, fact, done) {
  confirm({
    title: t('erase_title', { fact: fact.question }),
    text: t('erase_text', { name: fact.name, question: fact.question, answer: fact.answer, model }),
    action: t('erase'),
    run: async (who, tell) => {
      let proof;
      await follow('/facts:erase', { fact: fact.name, model, ...who }, (part) => {
        if (part.problem) {
          throw new Refusal(part.problem);
        }
        proof = part.proof ?? proof;
        if (part.stage) {
          tell(part.stage);
        }
      });
      return proof;
    },
    done,
  });
}
