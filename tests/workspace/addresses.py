"""Every address of the workspace, for every role, with GET and with POST: who may, and who may not.

``TABLE`` has one line an address: its name, who may ask it with GET, who may with POST. Where an address
names a row, that row is Zoé's, a collaborator; her prompt is shared. Zoé, the pilot and the administrator
have a second factor, her colleague has none.

open        everybody, logged in or not
all         every person who is logged in
owner       Zoé, and nobody else, whatever their role
concerned   Zoé, pilots and administrators
pilots      pilots and administrators
admins      administrators
-           nobody: the address does not answer to that method
"""

from __future__ import annotations

TABLE = """
home                            all         all
account_login                   open        open
account_logout                  all         all
account_inactive                open        open
account_reauthenticate          all         all
account_change_password         all         all
account_reset_password          open        open
account_signup                  open        open
account_email                   open        open
account_set_password            open        open
account_email_verification_sent open        open
mfa_index                       all         all
mfa_authenticate                open        open
mfa_reauthenticate              all         all
mfa_activate_totp               all         all
mfa_deactivate_totp             concerned   concerned
mfa_view_recovery_codes         concerned   concerned
mfa_generate_recovery_codes     all         all
mfa_download_recovery_codes     concerned   -
accounts:link                   open        open
actions:list                    all         -
actions:edit                    owner       owner
actions:help                    -           owner
ai_act:list                     all         -
ai_act:calendar                 all         -
ai_act:csv                      pilots      -
ai_act:json                     pilots      -
ai_act:one                      concerned   -
ai_act:question                 concerned   concerned
ai_act:none                     -           concerned
ai_act:reopen                   -           concerned
ai_act:give-up                  -           pilots
ai_act:confirm                  -           pilots
ai_act:kept                     concerned   -
ai_act:kept-sheet               concerned   -
ai_act:sheet                    concerned   -
ai_act:fria                     pilots      pilots
ai_act:fria-pdf                 pilots      -
assistant:new                   all         -
assistant:preview               -           all
assistant:send                  -           all
assistant:exception             -           all
assistant:term                  -           all
assistant:propose               -           all
assistant:prepared              owner       -
assistant:held                  owner       -
assistant:give-up               -           owner
assistant:conversations         all         -
assistant:delete-all            -           all
assistant:conversation          owner       -
assistant:rename                -           owner
assistant:delete                -           owner
charter:read                    all         -
charter:sign                    -           all
charter:pdf                     all         -
charter:docx                    all         -
charter:certificate             concerned   -
charter:verify                  open        -
charter:draft                   pilots      pilots
charter:quick                   pilots      pilots
charter:preview                 pilots      -
charter:publish                 -           pilots
charter:versions                pilots      -
charter:compare                 pilots      -
charter:procedure               pilots      pilots
charter:reminders               pilots      -
charter:remind                  -           pilots
charter:signatures              pilots      -
charter:rule                    -           pilots
company:profile                 pilots      pilots
company:journey                 pilots      -
company:find                    -           pilots
company:fill                    -           pilots
diagnosis:list                  pilots      -
diagnosis:start                 -           pilots
diagnosis:overview              pilots      -
diagnosis:quick                 pilots      pilots
diagnosis:confirm               -           pilots
diagnosis:axis                  pilots      pilots
diagnosis:answer                -           pilots
diagnosis:finish                -           pilots
diagnosis:result                pilots      -
diagnosis:invite                -           pilots
diagnosis:close-opinions        -           pilots
diagnosis:give-opinion          -           all
diagnosis:act                   -           pilots
diagnosis:report                pilots      -
diagnosis:opinions              all         -
diagnosis:opinion               owner       owner
feedback:list                   pilots      -
feedback:export                 pilots      -
feedback:accept                 -           pilots
feedback:refuse                 -           pilots
feedback:remove                 -           pilots
hygiene:mine                    all         all
hygiene:save                    -           all
hygiene:answer                  -           all
hygiene:campaigns               pilots      pilots
hygiene:campaign                pilots      -
hygiene:close                   -           pilots
hygiene:report                  pilots      -
journal:list                    pilots      -
journal:check                   -           pilots
journal:export                  pilots      -
journal:export-csv              pilots      -
justifications:mine             all         -
justifications:queue            pilots      -
justifications:review           concerned   -
justifications:one              concerned   -
justifications:explain          -           owner
justifications:code             -           owner
justifications:withdraw         -           owner
justifications:decide           -           pilots
keys:list                       pilots      pilots
keys:add                        pilots      pilots
keys:revoke                     -           pilots
knowledge:overview              pilots      pilots
knowledge:import                pilots      pilots
knowledge:columns               pilots      pilots
knowledge:give-up               -           pilots
knowledge:progress              pilots      pilots
knowledge:drop                  -           pilots
knowledge:remove-list           -           pilots
knowledge:declare               pilots      pilots
knowledge:remove-document       -           pilots
limits:list                     pilots      pilots
limits:edit                     pilots      pilots
limits:delete                   -           pilots
limits:price                    pilots      pilots
notice:read                     all         all
notice:follow                   pilots      -
notice:details                  -           pilots
notice:attest                   -           pilots
outside:list                    pilots      -
outside:on                      -           pilots
outside:off                     -           pilots
overview:mine                   all         -
overview:company                pilots      -
mail:relay                      admins      admins
mail:test                       -           admins
mail:give-up                    -           admins
mail:preferences                all         all
mail:stop                       open        open
people:list                     pilots      pilots
people:invite                   pilots      pilots
people:import                   pilots      pilots
people:create                   -           pilots
people:mail-all                 -           pilots
people:mail                     -           pilots
people:erase                    pilots      pilots
people:link                     -           pilots
people:role                     pilots      pilots
people:switch                   -           pilots
policies:policy                 pilots      pilots
policies:export                 pilots      pilots
policies:draft                  pilots      pilots
policies:profile                -           pilots
policies:professions            pilots      pilots
policies:checks                 pilots      pilots
policies:rule                   pilots      pilots
policies:remove-rule            -           pilots
policies:carriers               pilots      pilots
policies:discard                -           pilots
policies:import                 -           pilots
policies:export-draft           pilots      pilots
policies:trial                  pilots      pilots
policies:publish                pilots      pilots
policies:profession             pilots      pilots
policies:versions               pilots      pilots
policies:version                pilots      pilots
policies:take-up                -           pilots
policies:export-version         pilots      pilots
policies:add-term               -           pilots
policies:remove-term            -           pilots
policies:add-exemption          -           pilots
policies:remove-exemption       -           pilots
policies:drop-exemption         -           pilots
programmes:list                 all         -
programmes:page                 all         -
programmes:follow               -           pilots
programmes:unfollow             -           pilots
programmes:review               -           pilots
programmes:followed             pilots      -
programmes:deadlines            pilots      -
programmes:calendar             pilots      -
programmes:add                  pilots      pilots
programmes:edit                 pilots      pilots
programmes:remove               -           pilots
programmes:find                 pilots      pilots
programmes:refresh              pilots      pilots
programmes:take                 -           pilots
programmes:give-up              -           pilots
programmes:undo                 -           pilots
prompts:list                    all         -
prompts:new                     all         all
prompts:import                  all         all
prompts:export                  all         -
prompts:approvals               pilots      -
prompts:one                     all         all
prompts:favourite               -           all
prompts:rate                    -           all
prompts:edit                    owner       owner
prompts:submit                  -           owner
prompts:take-back               -           owner
prompts:withdraw                -           concerned
prompts:remove                  -           owner
prompts:export-one              all         -
prompts:trials                  all         all
prompts:run                     -           all
prompts:remove-case             -           owner
prompts:versions                all         -
prompts:decide                  -           pilots
providers:list                  pilots      pilots
providers:add                   pilots      pilots
providers:replacements          pilots      pilots
providers:remove-replacement    -           pilots
providers:edit                  pilots      pilots
providers:test                  -           pilots
providers:models                -           pilots
providers:prices                pilots      pilots
providers:up                    -           pilots
providers:down                  -           pilots
providers:switch                -           pilots
providers:delete                -           pilots
rules:mine                      all         all
sso:settings                    admins      admins
sso:test                        -           admins
sso:unlink                      -           admins
sso:start                       -           open
sso:callback                    open        -
training:list                   all         -
training:module                 all         -
training:start                  -           all
training:attempt                owner       owner
training:weekly                 all         all
training:certificate            owner       -
training:verify                 open        -
training:verify-code            open        -
training:follow                 pilots      -
training:proof-table            pilots      -
training:proof-pdf              pilots      -
training:ask-again              -           pilots
ui:language                     -           open
ui:texts                        open        -
usages:list                     pilots      -
usages:add                      pilots      pilots
usages:csv                      pilots      -
usages:xlsx                     pilots      -
usages:observed                 pilots      -
usages:undeclared               pilots      -
usages:propose                  -           pilots
usages:forget                   -           pilots
usages:ours                     all         -
usages:declare                  all         all
usages:tell                     all         all
usages:thanks                   all         -
usages:show                     owner       -
usages:change                   owner       owner
usages:withdraw                 -           owner
usages:edit                     pilots      pilots
usages:validate                 -           pilots
usages:return                   -           pilots
welcome:ask                     pilots      pilots
welcome:proposal                pilots      -
welcome:fill                    -           pilots
welcome:later                   -           pilots
welcome:undo                    -           pilots
"""
RULES = {line.split()[0]: tuple(line.split()[1:]) for line in TABLE.strip().splitlines()}
ASKING = ("nobody", "colleague", "zoé", "pilot", "admin")
MAY = {
    "open": frozenset(ASKING),
    "all": frozenset(ASKING[1:]),
    "owner": frozenset({"zoé"}),
    "concerned": frozenset(ASKING[2:]),
    "pilots": frozenset(ASKING[3:]),
    "admins": frozenset(ASKING[4:]),
    "-": frozenset[str](),
}
ASKS = [
    (name, method, rule)
    for name, rules in RULES.items()
    for method, rule in zip(("get", "post"), rules, strict=True)
]

# Met only on the way in: between the password and the second factor (``test_access`` takes that way), and
# back from the company's identity service (the tests of ``sso`` do).
STAGED = frozenset({"mfa_authenticate", "sso:callback"})
