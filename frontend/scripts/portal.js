// The portal's script. Every page also works without it: links and forms are plain HTML.

import htmx from "htmx.org";

import { bindCopies } from "./copies.js";
import { bindErrors } from "./errors.js";
import { bindForms } from "./forms.js";
import { bindImportGrid } from "./import-grid.js";
import { bindKeys } from "./keys.js";
import { bindLook } from "./look.js";
import { bindMenus } from "./menus.js";
import { bindPanels } from "./panels.js";
import { bindPairs } from "./pairs.js";
import { bindPasswords } from "./passwords.js";
import { bindPeriods } from "./periods.js";
import { bindReview } from "./review.js";
import { bindRegisters } from "./registers.js";
import { bindSegments } from "./segments.js";
import { bindSession } from "./session.js";
import { bindSubmits } from "./submits.js";
import { bindUploads } from "./uploads.js";
import { bindFocus, bindWaiting } from "./waiting.js";

// Without inline styles and eval, which the security policy forbids; nothing personal is kept in the
// browser's storage; an answer with errors (422) is shown in place of the form.
Object.assign(htmx.config, {
  includeIndicatorStyles: false,
  allowEval: false,
  selfRequestsOnly: true,
  historyCacheSize: 0,
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "422", swap: true },
    { code: "[45]..", swap: false, error: true },
  ],
});
window.htmx = htmx;

bindMenus();
bindCopies();
bindSession();
bindKeys();
bindPanels();
bindLook();
bindWaiting();
bindFocus();
bindPasswords();
bindSubmits();
bindUploads();
bindImportGrid();
bindRegisters();
bindErrors();
bindForms();
bindPairs();
bindReview();
bindPeriods();
bindSegments();
