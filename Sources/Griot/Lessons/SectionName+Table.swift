extension SectionNames {
  /// Names by role, as they occur in post-mortems, after-action reviews, retrospectives and records of lessons.
  /// Written as people write them; case, accents' composition, numbers in front and punctuation do not matter.
  /// One line a language: en, de, fr, es, it, pt, nl, da/nb/sv, el, ja.
  static let table: [(SectionRole, String)] = [
    (
      .worked,
      """
      what went well|went well|worked well|what worked|what worked well|things that went well|what went right|\
      what we did well|successes|strengths|positives|what held|what was luck|where we got lucky|we got lucky|were lucky|\
      where were we lucky|keep|keep doing|continue|continue doing|liked|glad|sustain|sustains|good|the good|proud of|\
      best practices observed|what saved us|wins|pluses
      gut gelaufen|was gut lief|was gut gelaufen ist|was lief gut|was gut war|was gut ging|was funktioniert hat|\
      positives|stärken|erfolge|beibehalten|was geklappt hat|glück gehabt|das lief gut|was hat gut funktioniert
      ce qui a marché|ce qui a bien marché|ce qui a fonctionné|ce qui a bien fonctionné|points positifs|points forts|\
      ce qui s est bien passé|réussites|succès|à garder|à conserver|ce qui va bien
      lo que salió bien|qué salió bien|lo que funcionó|qué funcionó|qué fue bien|aspectos positivos|puntos fuertes|\
      éxitos|mantener|lo bueno
      cosa è andato bene|che cosa ha funzionato|punti di forza|aspetti positivi
      o que correu bem|o que funcionou|o que deu certo|pontos fortes|pontos positivos
      wat ging goed|wat goed ging|wat werkte|sterke punten|behouden
      hvad gik godt|det gik godt|hva gikk bra|det som gikk bra|vad gick bra|det som gick bra
      τι πήγε καλά|τι δούλεψε|τα θετικά
      うまくいったこと|良かったこと|良かった点|成功要因|keep 続けること
      """
    ),
    (
      .failed,
      """
      what went wrong|went wrong|went badly|what went badly|went poorly|what went poorly|what did not go well|\
      what didn t go well|what did not work|what didn t work|what could have gone better|what could be better|\
      what could be improved|what to improve|improve|to improve|things that went wrong|failures|mistakes|errors made|\
      problems|pain points|what did not hold|weaknesses|shortcomings|negatives|lacked|sad|mad|bad|the bad|\
      what hurt us|stop|stop doing|missteps|what broke|things that went wrong before|deltas|what we got wrong|where we got unlucky
      schlecht gelaufen|was schiefging|was schief ging|was schief gelaufen ist|was schlecht lief|was schlecht war|\
      was nicht gut lief|was nicht funktioniert hat|was lief schlecht|was lief nicht gut|fehler|probleme|schwächen|\
      verbesserungswürdig|was besser laufen könnte|was nicht geklappt hat|pannen|was schon passiert ist
      ce qui n a pas marché|ce qui n a pas fonctionné|ce qui a mal marché|ce qui s est mal passé|points négatifs|\
      points faibles|points à améliorer|à améliorer|erreurs|difficultés|échecs|problèmes rencontrés|ratés
      lo que salió mal|qué salió mal|lo que no funcionó|qué no funcionó|qué fue mal|aspectos negativos|\
      puntos débiles|errores|problemas|dificultades|a mejorar|aspectos a mejorar
      cosa è andato storto|cosa non ha funzionato|punti deboli|errori|criticità
      o que correu mal|o que deu errado|o que não funcionou|pontos fracos|a melhorar|erros
      wat ging mis|wat ging fout|wat niet goed ging|wat niet werkte|fouten|verbeterpunten
      hvad gik galt|hva gikk galt|vad gick fel|det gik skidt|fejl|det som gick dåligt
      τι πήγε στραβά|τι δεν πήγε καλά|λάθη|προβλήματα
      うまくいかなかったこと|失敗談|失敗|問題点|反省点|悪かった点
      """
    ),
    (
      .cause,
      """
      root cause|root causes|cause|causes|root cause analysis|root cause and trigger|trigger|contributing factors|\
      contributing factor|contributing causes|contributing cause|why|why it happened|why did it happen|\
      why did this happen|proximate cause|primary cause|direct cause|underlying cause|immediate cause|causal factors|\
      five whys|5 whys|reason|reasons|background and cause|why did nobody see it|why did that take so long|\
      why did it work|what caused it|probable cause|analysis of causes
      ursache|ursachen|ursachenanalyse|grund|gründe|warum|wie es dazu kam|wie kam es dazu|beitragende faktoren|\
      auslöser|hauptursache|grundursache|warum ist das passiert|woran lag es
      cause racine|causes racines|cause profonde|causes profondes|raison|raisons|pourquoi|facteurs contributifs|\
      facteurs aggravants|analyse des causes|origine du problème|origine
      causa|causas|causa raíz|causas raíz|causa principal|motivo|motivos|por qué|por qué ocurrió|\
      factores contribuyentes|análisis de causas|razones
      causa radice|cause principali|fattori contribuenti|perché
      causa raiz|causas raiz|porquê|por que|fatores contribuintes
      oorzaak|oorzaken|waarom|grondoorzaak|bijdragende factoren
      årsag|årsager|årsak|årsaker|orsak|orsaker|hvorfor|varför|grundorsak|rodårsag
      αίτιο|αιτία|αίτια|αιτίες|γιατί|γιατί συνέβη|γιατί τόσο αυστηρά
      原因|根本原因|なぜ|要因
      """
    ),
    (
      .recommendation,
      """
      recommendation|recommendations|recommended actions|recommended action|action items|action item|actions|\
      corrective actions|corrective action|preventive actions|preventative actions|preventive measures|follow up|\
      follow ups|follow up actions|next steps|remediation|remediations|remediation items|to do|todo|what we change|\
      what we will change|what we will do|what we will do differently|what will we do differently|\
      what we will do next time|do differently|what would we do differently|next time|improvements|advice|start|\
      start doing|what we try|experiments|prevention|preventing recurrence|recurrence control|\
      how to prevent it|how do we prevent this|mitigations|longed for|suggestions|rules|rule|the rule|dos and don ts|\
      what to do|what we do instead|stop rules|actions taken|measures|proposals
      empfehlung|empfehlungen|maßnahmen|massnahmen|massnahme|maßnahme|was wir ändern|was wir ausprobieren|\
      was wir anders machen|nächstes mal|beim nächsten mal|nächste schritte|vorbeugung|folgemaßnahmen|to dos|\
      aufgaben|verbesserungen|was tun|regeln|regel|verabredungen|vereinbart|beschlüsse|vorschläge
      recommandation|recommandations|actions correctives|actions à mener|plan d action|plan d actions|à faire|\
      prochaine fois|la prochaine fois|prochaines étapes|mesures|mesures correctives|ce qu on change|\
      ce que nous changeons|ce qu on va changer|suite|suites|règle|règles|conseils|améliorations|propositions
      recomendación|recomendaciones|acciones|acciones correctivas|plan de acción|próximos pasos|medidas|\
      medidas correctivas|qué vamos a cambiar|la próxima vez|por hacer|mejoras|consejos|reglas|propuestas
      raccomandazione|raccomandazioni|azioni correttive|azioni|prossimi passi|misure|cosa cambiamo
      recomendação|recomendações|ações|ações corretivas|próximos passos|medidas a tomar|melhorias
      aanbeveling|aanbevelingen|acties|actiepunten|maatregelen|volgende keer|vervolgstappen|adviezen
      anbefaling|anbefalinger|tiltak|tiltag|handlinger|næste gang|neste gang|nästa gång|rekommendationer|åtgärder
      σύσταση|συστάσεις|τι αλλάζουμε|μέτρα|ενέργειες|διόρθωση|την επόμενη φορά|η λύση|λύση
      推奨|提言|対策|再発防止策|再発防止|改善策|注意|次回|アクションアイテム|要点
      """
    ),
    (
      .lesson,
      """
      lessons learned|lesson learned|lessons learnt|lesson learnt|lessons|lesson|lessons identified|key lessons|\
      learnings|learning|key learnings|key learning|learned|learnt|what we learned|what we learnt|what did we learn|\
      what i learned|what have we learned|what this has taught us|what it taught us|what this taught us|takeaways|\
      takeaway|key takeaways|take aways|take away|insights|key insights|moral|the moral|observations and lessons|\
      lesson of the year|what i would tell you|what to remember|conclusions and lessons|reflections|in hindsight|\
      hindsight|what they taught us|why these rules exist
      lehren|lehre|gelernt|was wir gelernt haben|was haben wir gelernt|gelerntes|erkenntnisse|erkenntnis|lektionen|\
      lektion|das haben wir gelernt|fazit|was bleibt|merksatz|erfahrungen|was ich gelernt habe|was wir daraus lernen
      leçon|leçons|leçons apprises|leçon apprise|leçons tirées|enseignement|enseignements|ce qu on en retient|\
      ce qu on retient|ce que nous avons appris|ce qu on a appris|ce que j ai appris|retour d expérience|retex|\
      apprentissages|à retenir|points à retenir|bilan
      lección|lecciones|lecciones aprendidas|lección aprendida|qué aprendimos|lo que aprendimos|aprendizajes|\
      aprendizaje|qué hemos aprendido|lo aprendido|conclusiones|enseñanzas
      lezioni apprese|lezione appresa|lezioni imparate|lezione|lezioni|cosa abbiamo imparato
      lições aprendidas|lição aprendida|lições|lição|o que aprendemos|aprendizados
      geleerde lessen|lessen|les|wat hebben we geleerd|wat we geleerd hebben|geleerd
      læring|erfaringer|hvad lærte vi|hva lærte vi|vad lärde vi oss|lärdomar|lærdom|lærdommer
      τι μάθαμε|μαθήματα|δίδαγμα|διδάγματα|μάθημα
      教訓|学び|学んだこと|得られた教訓|まとめと教訓
      """
    ),
    (
      .event,
      """
      driving event|event|what happened|what happened?|description of driving event|description of event|incident|\
      the incident|incident summary|summary|summary of the incident|timeline|impact|customer impact|background|\
      context|detection|response|resolution|recovery|problem|problem statement|situation|abstract|overview|\
      incident description|event description|what did we expect|what did we expect to happen|what we expected|\
      what was supposed to happen|what we wanted|what we got|history|chronology|facts|finding|findings|details
      was passiert ist|was ist passiert|was geschah|vorfall|ereignis|ablauf|zeitablauf|hergang|auswirkungen|\
      auswirkung|zusammenfassung|hintergrund|chronologie|sachverhalt|zeitleiste|zeitlicher ablauf|lage
      événement|evénement|ce qui s est passé|que s est il passé|les faits|faits|chronologie|impact|conséquences|\
      résumé|contexte|déroulement|incident|constat
      evento|qué pasó|lo que pasó|qué ocurrió|incidente|cronología|impacto|resumen|contexto|antecedentes|hechos
      cosa è successo|evento scatenante|cronologia|impatto|riassunto|contesto
      o que aconteceu|cronologia|resumo|impacto|contexto
      wat er gebeurde|wat is er gebeurd|tijdlijn|samenvatting|gevolgen|gebeurtenis
      hvad skete der|hva skjedde|vad hände|hændelse|hendelse|tidslinje|sammanfattning|resumé
      τι συνέβη|τι έγινε|περίληψη|χρονικό|γεγονός|το πρόβλημα
      何が起きたか|経緯|概要|事象|影響|発生事象|タイムライン
      """
    ),
  ]

  /// Of the names above those that reference works, manuals and minutes use too: they count only in a document that
  /// is a record of lessons or has another such name.
  static let weakNames = """
    keep|continue|good|bad|sad|mad|glad|liked|stop|start|improve|errors|problems|mistakes|failures|why|reason|reasons|\
    cause|causes|actions|measures|rules|rule|the rule|to do|todo|suggestions|advice|improvements|experiments|\
    proposals|trigger|background|context|summary|abstract|overview|details|history|facts|impact|response|detection|\
    problem|situation|event|timeline|learning|learned|reflections|finding|findings|resolution|recovery|next steps|\
    follow up|mitigations|prevention|fehler|probleme|grund|gründe|warum|regeln|regel|aufgaben|fazit|erfahrungen|\
    vorschläge|maßnahmen|was tun|ablauf|lage|schwächen|stärken|erfolge|raison|raisons|pourquoi|suite|suites|règle|\
    règles|conseils|erreurs|bilan|mesures|à faire|à retenir|constat|origine|causa|causas|motivo|motivos|por qué|\
    problemas|errores|reglas|consejos|medidas|conclusiones|acciones|les|oorzaak|waarom|acties|hvorfor|varför|\
    γιατί|μέτρα|διόρθωση|λύση|η λύση|ενέργειες|注意|要点|なぜ|概要|影響|原因
    """
}
