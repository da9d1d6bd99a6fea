// The portal's script. Every page also works without it: links and forms are plain HTML.

import htmx from "htmx.org";

import { bindErrors } from "./errors.js";
import { bindKeys } from "./keys.js";
import { bindMenus } from "./menus.js";
import { bindPasswords } from "./passwords.js";
import { bindSubmits } from "./submits.js";

window.htmx = htmx;

bindMenus();
bindKeys();
bindPasswords();
bindSubmits();
bindErrors();
