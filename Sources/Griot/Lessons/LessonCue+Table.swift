extension LessonCue {
  /// The words of a class in one language; phrases of two or three words in quotation marks' stead with `_` between.
  struct Words: Sendable {
    var cue: LessonCue
    var english: String
    var german: String
    var french: String
    var spanish: String

    init(_ cue: LessonCue, en: String, de: String, fr: String, es: String) {
      self.cue = cue
      english = en
      german = de
      french = fr
      spanish = es
    }
  }

  static let table: [Words] = [
    Words(
      .obligation,
      en: """
        should must shall ought need_to needs_to have_to has_to needed_to required_to supposed_to had_better needs need \
        required shouldn't mustn't
        """,
      de: """
        sollte sollten soll sollen muss muß müssen müsste müssten darf_nicht dürfen_nicht sollst gehört gehören \
        braucht brauchen ist_zu sind_zu
        """,
      fr: """
        doit doivent devrait devraient il_faut faut faudrait faudra devons devez doit_être il_convient convient \
        ne_pas
        """,
      es: """
        debe deben debería deberían debemos hay_que tiene_que tienen_que conviene se_debe es_necesario habría_que
        """),
    Words(
      .obligationPassive,
      en: """
        should_be must_be shall_be needs_to_be need_to_be should_not_be must_not_be should_always should_also \
        should_include must_also should_never has_to_be have_to_be
        """,
      de:
        "sollte_man sollten_wir muss_man müssen_wir wird_künftig werden_künftig soll_künftig werden_müssen werden_sollte",
      fr: "doit_être doivent_être devrait_être devraient_être on_doit nous_devons",
      es: "debe_ser deben_ser debería_ser se_debe se_deben debemos"),
    Words(
      .unreal,
      en: """
        should_have could_have would_have might_have should_not_have shouldn't_have ought_to_have should've could've \
        would've had_we if_we_had
        """,
      de: "hätte hätten wäre wären hätte_man hätten_wir",
      fr: "aurait auraient aurions aurais aurait_dû aurions_dû aurait_fallu",
      es: "habría habrían hubiera hubieran hubiéramos deberíamos_haber debería_haber"),
    Words(
      .possibility,
      en: "can may might could would will cannot can't able likely possible potential potentially",
      de: "kann können könnte könnten wird werden möglich vielleicht würde würden",
      fr: "peut peuvent pourrait pourraient permet permettent possible risque sera seront",
      es: "puede pueden podría podrían permite permiten posible será serán"),
    Words(
      .imperative,
      en: """
        ensure provide use establish develop review consider implement perform conduct require verify include make \
        maintain incorporate evaluate identify design avoid assure plan define create determine test revise document \
        train add assign allow check select apply do assess modify update improve specify install encourage limit \
        obtain employ keep emphasize place prepare change follow utilize take examine analyze institute reduce \
        coordinate replace control increase monitor never always consult integrate inspect minimize investigate \
        redesign recognize schedule start begin hold give get set run find build write read let put work look treat \
        watch stop tell ask measure understand learn remember think know expect pay involve communicate demonstrate \
        adopt address prevent protect continue contact eliminate remove relocate clean calibrate label mark issue \
        request report record track store retain restrict strengthen enhance extend enforce validate simulate model \
        characterize budget allocate staff hire balance leverage seek solicit promote support send share capture \
        compare confirm correct clarify choose combine don't be look count repeat print carry buy weigh write \
        invite call rehearse automate alert separate pin rotate back_up
        """,
      de: """
        immer nie niemals prüfen prüfe testen teste üben übe nutzen nutze verwenden verwende schreiben schreib \
        dokumentieren vermeiden vermeide achten achte fragen frag frage halten halte machen mach planen plane \
        einplanen lassen lass messen miss tauschen wechseln sicherstellen klären einführen festlegen kontrollieren \
        beachten mitnehmen niemand jeder anrufen ruf nachfragen abschalten einschalten warten wiegen zuerst
        """,
      fr: """
        toujours jamais vérifier vérifiez vérifie tester testez prévoir prévoyez utiliser utilisez éviter évitez \
        garder gardez faire faites écrire écrivez demander demandez mesurer mesurez remplacer contrôler former \
        documenter noter notez commencer chercher laisser laissez prendre prenez mettre mettez ne planifier \
        changer appeler appelez assurer
        """,
      es: """
        siempre nunca verificar verifique comprobar compruebe probar pruebe usar use utilizar utilice evitar evite \
        hacer haga escribir documentar preguntar medir planificar asegurar asegúrese asegurarse mantener revisar \
        revise no establecer definir incluir capacitar formar
        """),
    Words(
      .judgement,
      en: """
        important critical essential necessary recommended recommend recommends advisable imperative crucial vital \
        useful beneficial valuable effective importance worth better best key preferable helpful pays advised \
        prudent
        """,
      de: """
        wichtig notwendig nötig unbedingt empfehlen empfohlen empfehlenswert entscheidend sinnvoll hilfreich besser \
        lohnt wertvoll unerlässlich zwingend
        """,
      fr: """
        important nécessaire essentiel indispensable recommandé recommander crucial utile mieux préférable vaut \
        importante précieux primordial
        """,
      es: """
        importante necesario esencial imprescindible recomendado recomienda recomendamos crucial útil mejor \
        preferible conveniente fundamental clave
        """),
    Words(
      .past,
      en: """
        was were had did became began came found made took led gave went felt left lost met ran sent showed told \
        thought brought built caught held kept chose drew fell occurred happened started stopped noticed discovered \
        decided reported performed used been
        """,
      de: """
        war waren hatte hatten wurde wurden hat haben kam kamen ging gingen fiel fielen stand standen gab fand \
        fanden blieb lief liefen sah sahen musste mussten konnte konnten sagte meldete
        """,
      fr: """
        était étaient avait avaient a ont fut furent été avons ai s'est c'était avions restait allait faisait a_été \
        ont_été
        """,
      es: """
        era eran fue fueron había habían estaba estaban hubo tuvo tuvieron se_produjo ocurrió quedó empezó hizo ha \
        han hemos
        """),
    Words(
      .present, en: "is are has have be does", de: "ist sind bleibt gilt heißt", fr: "est sont reste c'est suffit",
      es: "es son está están hay sirve"),
    Words(
      .reason,
      en: """
        because due_to caused_by caused resulted_in resulted_from resulting_from led_to leads_to lead_to root_cause \
        the_cause cause contributed contributing reason since therefore consequently as_a_result owing_to stemmed \
        triggered which_meant turned_out
        """,
      de: """
        weil wegen deshalb darum daher ursache grund da verursacht führte_zu lag_daran denn dadurch stellte_sich_heraus \
        ausgelöst
        """,
      fr: """
        parce car cause causé à_cause en_raison donc raison dû due provoqué s'explique c'est_pourquoi puisque
        """,
      es: "porque debido causa causado motivo razón por_eso provocó a_causa ya_que puesto_que originó"),
    Words(
      .hindsight,
      en: """
        lesson lessons learned learnt learning we_learned i_learned we_learnt taught_us taught_me next_time in_hindsight \
        hindsight lesson_learned lessons_learned takeaway takeaways in_retrospect looking_back in_the_future \
        from_now_on would_do_differently do_differently never_again again_i'd if_i_had_to mistake_was our_mistake \
        my_mistake we_should_have i_should_have the_moral moral_of wish_we wish_i we_underestimated we_assumed \
        what_i_would i_would_tell had_we_known we_now_know
        """,
      de: """
        gelernt lehre lehren lektion nächstes_mal nächste_mal beim_nächsten im_nachhinein rückblickend künftig \
        in_zukunft erkenntnis wir_haben_gelernt habe_ich_gelernt daraus_gelernt nie_wieder hätten_wir würde_ich_heute \
        heute_würde unser_fehler mein_fehler merke
        """,
      fr: """
        leçon leçons appris apprises prochaine_fois à_l'avenir désormais avec_le_recul rétrospectivement retenir \
        j'ai_appris avons_appris on_a_appris plus_jamais aurions_dû aurait_dû j'aurais_dû enseignement enseignements \
        notre_erreur mon_erreur
        """,
      es: """
        lección lecciones aprendimos aprendido aprendí próxima_vez en_adelante en_el_futuro en_retrospectiva \
        retrospectivamente nos_enseñó nunca_más deberíamos_haber debimos moraleja nuestro_error aprendizaje
        """),
    Words(
      .condition, en: "when if before during where prior_to for after unless whenever until once",
      de: "wenn falls bevor sobald solange ehe wer wo", fr: "si quand avant lorsque dès tant qui pour lors",
      es: "si cuando antes mientras quien para al"),
    Words(
      .negation, en: "not no never cannot lack without nobody nothing none don't didn't doesn't wasn't isn't can't",
      de: "nicht kein keine keinen nie niemals ohne niemand nichts",
      fr: "pas ne jamais sans personne rien aucun aucune",
      es: "no nunca jamás sin nadie nada ningún ninguna"),
    Words(
      .definite, en: "the this these those it they he she there its their",
      de: "der die das dieser diese dieses er sie es",
      fr: "le la les ce cette ces il elle ils elles", es: "el la los las este esta estos estas"),
    Words(
      .organization,
      en: """
        project projects program programs personnel procedures procedure process processes planning management \
        requirements requirement training communication team teams design designs review reviews testing schedule \
        cost risk risks documentation manager managers contractor contractors engineers practices guidelines policy \
        standards safety checklist checklists runbook monitoring alerting rollback backups
        """,
      de: """
        projekt projekte verfahren prozess prozesse planung anforderungen schulung kommunikation team teams prüfung \
        risiko risiken dokumentation vorgehen regel regeln checkliste absprache
        """,
      fr: """
        projet projets procédure procédures processus planification exigences formation communication équipe équipes \
        revue risque risques documentation règle règles consigne
        """,
      es: """
        proyecto proyectos procedimiento procedimientos proceso procesos planificación requisitos formación \
        capacitación comunicación equipo equipos revisión riesgo riesgos documentación
        """),
    Words(
      .general, en: "always never every all each any both early only even everyone",
      de: "immer nie jede jeder jedes alle nur stets",
      fr: "toujours jamais chaque tout tous toute toutes seulement", es: "siempre nunca cada todo todos toda todas solo"
    ),
    Words(
      .bad,
      en: """
        fail failed fails failure lost broke broken wrong mistake mistakes error missed nobody late badly too_late \
        ignored forgot forgotten unnoticed underestimated inadequate insufficient lack lacked unable false poor
        """,
      de:
        "fehler falsch verloren kaputt vergessen ausgefallen niemand spät schlecht leider fehlte fehlten verpasst übersehen",
      fr: "erreur faux perdu cassé oublié raté personne tard mal panne manque manquait échoué",
      es: "error falso perdido roto olvidado falló fallo nadie tarde mal falta faltaba"),
    Words(
      .good,
      en:
        "worked helped saved success successful successfully well good paid_off prevented lucky held quickly smoothly",
      de: "funktioniert geholfen gerettet gut bewährt erfolgreich schnell gehalten glück geklappt",
      fr: "marché fonctionné aidé sauvé bien réussi chance vite tenu bon",
      es: "funcionó ayudó salvó bien éxito rápido bueno"),
    Words(
      .own, en: "we i our us my we've we're i've", de: "wir ich uns unser unsere unseren mir mich",
      fr: "nous on je notre nos j'ai",
      es: "nosotros nuestro nuestra nuestros yo nos hemos"),
    Words(
      .namedCause,
      en: """
        root_cause root_causes contributing_factor contributing_factors contributing_cause primary_cause \
        underlying_cause proximate_cause direct_cause the_cause_was was_caused_by were_caused_by main_cause
        """,
      de: "ursache_war ursache_ist hauptursache grundursache grund_dafür grund_war wurde_verursacht lag_daran",
      fr: "cause_racine causes_racines cause_profonde causes_profondes la_cause cause_principale a_été_causé",
      es: "causa_raíz causas_raíz causa_principal la_causa fue_causado se_debió_a"),
    Words(
      .namedRemedy,
      en: """
        prevent_recurrence prevent_future prevent_similar prevent_a_recurrence to_prevent_this to_prevent_these corrective_action corrective_actions \
        preventive_measures preventative_measures preventative_actions preventive_actions long_term_fix \
        permanent_fix remediation remediations going_forward action_items action_item we_will we_plan we_are_adding \
        we_are_implementing we_have_implemented planned_improvements improvements_include future_occurrences \
        similar_incidents similar_issues follow_up_actions
        """,
      de: "um_zu_verhindern zu_vermeiden künftig_vermeiden gegenmaßnahme gegenmaßnahmen maßnahmen wir_werden",
      fr: "pour_éviter afin_d'éviter mesures_correctives action_corrective actions_correctives nous_allons on_va",
      es: "para_evitar para_prevenir medidas_correctivas acciones_correctivas vamos_a evitar_que"),
    Words(
      .calendar,
      en: """
        january february march april june july august september october november december monday tuesday wednesday \
        thursday friday saturday sunday utc gmt pst pdt est edt yesterday today morning afternoon evening
        """,
      de: """
        januar februar märz april mai juni juli august september oktober november dezember montag dienstag mittwoch \
        donnerstag freitag samstag sonntag uhr gestern morgens abends
        """,
      fr: """
        janvier février mars avril mai juin juillet août septembre octobre novembre décembre lundi mardi mercredi \
        jeudi vendredi samedi dimanche hier matin soir
        """,
      es: """
        enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre lunes martes \
        miércoles jueves viernes sábado domingo ayer mañana tarde
        """),
  ]
}
