enum ConfigurationHelp {
  static let text = """
    WHERE THE MEMORY IS
      The first of these:
        --memory DIR             on any command
        $GRIOT_MEMORY
        Index/memory             below the working directory, if it exists
        memory: DIR              in the file of defaults
        ~/.local/share/griot     ($XDG_DATA_HOME/griot)

    THE FILE OF DEFAULTS
      ~/.config/griot/config.yaml ($XDG_CONFIG_HOME/griot/config.yaml), lines of `key: value`; options on the command
      line win over it:
        memory: ~/notes/memory   where the memory is
        color: auto              auto, always, never
        limit: 20                hits of a search
        buffer: 256MB            memory that an ingest's writer may use
        workers: 2               reader processes of an ingest
        author: Ana Pérez        who records lessons (griot learn)
        lessons: ~/notes/lessons where they are kept
        query-log: ~/queries.tsv where queries are noted for griot gaps: when, how many documents, the words; nothing
                                 else, and without this line nothing at all

    ENVIRONMENT
      GRIOT_MEMORY               the memory
      VISUAL, EDITOR             the editor of griot learn
      NO_COLOR                   if not empty: no colour, unless --color always
      FORCE_HYPERLINK            1: links to the originals (OSC 8) on any terminal, 0: on none
      COLUMNS                    width of the output, where the terminal does not tell
      GRIOT_READER               path of the reader process's executable, for installations out of the ordinary

    """
}
