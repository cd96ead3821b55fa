"""Owns the closed lists of English words that tell how a sentence of a paper is built."""

# ruff: noqa: SIM905  (a paragraph of words reads better than a column of quotes)

VERBS = frozenset(
    """abandon absorb accelerate accept accommodate accomplish account achieve acknowledge acquire act activate adapt
    add address adhere adjust admit adopt advance affect aggregate aim align alleviate allocate allow alter alternate
    amplify analyse analyze annotate answer anticipate appear apply approximate argue arise articulate ask assemble
    assess assign assist associate assume attain attempt attend attribute augment automate avoid bake balance beat
    become begin behave believe belong bend benefit bind blend boost break bridge bring broaden build bypass
    calculate calibrate call capture carry cast cause caution change characterise characterize choose circumvent
    claim clarify classify close cluster coin collect combine come compare compete compile complement complete
    complicate compose compress comprise compromise compute concatenate concentrate conceptualize conclude conduct
    confirm conform conjecture connect consider consist consolidate constitute constrain construct contain contend
    continue contrast contribute control converge convert correct correlate correspond corroborate couple cover
    create curate deal decide decode decompose decouple decrease deepen define degrade delineate deliver demand
    demonstrate demystify denoise denote depart depend deploy derive describe detail detect determine develop devise
    differ differentiate diminish direct disagree discard discover discretize discuss disentangle display disrupt
    dissect distil distill distinguish divide do dominate draw drive edit elaborate elicit eliminate elucidate embed
    embody emerge emit emphasize employ empower emulate enable encapsulate encode encompass encounter encourage end
    endow enforce engage enhance enjoy enlarge enrich ensure entail envision equip establish estimate evaluate evolve
    examine exceed excel execute exemplify exhibit exist expand expect experiment explain exploit explore expose
    express extend extract extrapolate face facilitate factorize fail fall favor feed fight fill find finetune fit
    fix follow forget form formalise formalize formulate foster free fuse gain gather generalise generalize generate
    get give go govern grasp ground grow guarantee guide halve hamper handle happen harness help hide highlight
    hinder hinge hold hope hypothesize identify ignore illustrate imitate impede implement imply impose improve
    include incorporate increase incur induce infer inform ingest inherit initialize initiate inject insert inspect
    instantiate integrate interpolate interpret interrogate introduce invert investigate invoke involve isolate
    jeopardize keep know lack lag last launch lay lead learn let leverage lie limit localize locate lose lower
    maintain make manage manipulate map match maximise maximize mean mediate meet merge mimic minimise minimize
    mirror miss mitigate modify motivate move narrow navigate necessitate need neglect notice observe obtain occur
    offer omit open operate operationalize optimise optimize orchestrate organize outline outpace outperform overcome
    overlook parameterize partition pave pay penalize perform permit persist perturb pinpoint pioneer place plan play
    point pose posit possess postulate predict present preserve pretrain prevent prioritise prioritize proceed
    produce promote prompt propagate propose protect prove provide prune pursue push put quantify raise rank reach
    react read realise realize reason reassess recall recast receive recognise recognize recommend reconceptualize
    reconcile reconstruct record recover redefine reduce refer refine reflect reformulate reframe regularize
    reinforce reinterpret reject relate relax release relieve rely remain remedy remember remove render repair
    replace replicate report represent reproduce require resemble reshape resolve respond restore restrict retain
    rethink retrieve reuse reveal review revisit rise rival sacrifice satisfy save scale scrutinize search seek
    segment select send sense separate serve set share shed shift show showcase simplify simulate situate solve speak
    specify speculate speed spend split stabilize stand standardize start stay steer stem stimulate stop store
    streamline strengthen stress struggle substantiate substitute subsume succeed suffer suffice suggest suit
    summarise summarize supply support suppress surpass sustain synthesize tackle tailor take teach tell tend trace
    train transcend transfer transform translate treat trigger trust try turn uncover underestimate undergo underlie
    undermine underperform underpin underscore understand unify unlock unveil update urge utilise utilize validate
    vary verify view violate visualize vote wait want weigh win wish work write yield""".split()
)
"""Verbs of scientific prose, in their base form."""

ALSO_NOUNS = frozenset(
    """account act address advance aim answer approach attempt attribute balance benchmark benefit boost break bridge
    cast cause change claim close cluster complement conduct contrast control correct cost cover deal decrease
    demand design detail display do draw drive embed end estimate experiment exploit express face fall favor feature
    feed fight fit fix focus form free function gain ground guarantee guide harness help hold hope impact increase
    infer influence lack lag last lay lead let lie limit map match mean measure miss model move need network offer
    open outline partition pioneer place plan play point present process prompt prune push question raise rank reach
    reason recall record release repair report result rise rival sample save scale search segment sense separate set
    share shed shift speed split stand start stay stem stop store stress structure study suit support survey tackle
    take target tend test trace trade train transfer transform treat trigger trust turn update use view vote wait
    want weight wish work yield""".split()
)
"""Words that are nouns as often as verbs: alone they do not prove that there is a verb."""

AUXILIARIES = frozenset(
    """am is are was were has have had does do did can could will would may might must should shall cannot isn't aren't
    wasn't weren't hasn't haven't doesn't don't didn't can't couldn't won't wouldn't shouldn't remains remain""".split()
)

SUBORDINATORS = frozenset(
    """that which who whom whose where when whenever while whereas whether if because since although though unless until
    how what why""".split()
)
"""Words that open a clause with a verb of its own."""

ADVERBS = frozenset(
    """also often still now not then thus typically only always never even just first further both already
    sometimes usually hence instead rather again well together soon once mostly almost here""".split()
)
"""Those that do not end in -ly and stand between a subject and its verb."""

DANGLING = frozenset(
    """a an the and or but nor so yet of in on at to for from with without by as into onto upon over under between among
    across through during via per about against towards toward within along than that which who whose where when while
    whereas whether if because since although though unless until how what why such is are was were be been being has
    have had do does did can could will would may might must should not no very more most less our their its his her
    this these those each every both either neither e.g i.e etc. namely including like using based""".split()
)
"""Words on which no sentence ends."""

RESEARCH = frozenset("paper work study article survey thesis report review letter note manuscript".split())
"""What *this* may point at without a sentence before it."""


def third_person(verb: str) -> str:
    """Give the form of a regular verb that goes with one person: ``study`` gives ``studies``."""
    if verb in {"have", "are", "were", "do", "am"}:
        return {"have": "has", "are": "is", "were": "was", "do": "does", "am": "is"}[verb]
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")


SINGULAR_VERBS = frozenset(map(third_person, VERBS - ALSO_NOUNS))
"""Forms that can hardly be anything but the verb of one subject: ``outperforms``."""

DOUBTFUL_VERBS = frozenset(map(third_person, ALSO_NOUNS))
"""Forms that may be plural nouns as well: ``results``."""
