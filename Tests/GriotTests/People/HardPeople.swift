/// Mentions that are hard to tell apart or to bring together, written for this test. Groups are memories of their own,
/// separated by blank lines; a line is `identity | name | address`. Pairs are counted within groups.
enum HardPeople {
  static let groups: [[(identity: String, name: String, address: String)]] = text.split(separator: "\n\n").map {
    group in
    group.split(separator: "\n").map { line in
      let fields = line.split(separator: "|", omittingEmptySubsequences: false).map { field in
        String(field.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
      }
      return (fields[0], fields[1], fields[2])
    }
  }

  private static let text = """
    1 | Jane Doe | jane.doe@acme.example
    1 | Doe, Jane | jane.doe@acme.example
    1 | Jane M. Doe | jane@acme.example
    1 | DOE Jane |

    1 | Jörg Hansen | joerg.hansen@sterna.example
    1 | Joerg Hansen | hansen@sterna.example
    1 | Jorg Hansen | jhansen@sterna.example
    1 | Hansen Jörg |
    1 | Hansen, Jörg |

    1 | Jan Petersen | jan.petersen@sterna.example
    2 | Jan Petersen | jan.petersen2@sterna.example
    3 | Jan Petersen |
    4 | Wiebke Petersen | w.petersen@sterna.example

    1 | Maëlle Kerbrat | maelle@sterna.example
    1 | Maelle Kerbrat | maelle.kerbrat@sterna.example
    1 | KERBRAT Maëlle |
    1 | Maëlle Kerbrat-Quéré | maelle.kerbrat@sterna.example

    1 | Wiebke Petersen | wiebke@sterna.example
    1 | Wiebke Petersen-Lund | wiebke@sterna.example
    2 | Marit Lund | marit@sterna.example

    1 | Jing Huang | jing.huang@mit.example
    2 | Jing Huang | jhuang@unc.example
    3 | Jing Huang | jing@alibaba.example

    1 | Felix Schneider | felix.schneider@uni-a.example
    2 | Felix Schneider | fschneider@uni-b.example

    1 | Maikel Leyva Vázquez | mleyva@uni.example
    1 | Maikel Leyva-Vázquez | mleyvaz@gmail.com
    1 | M. Y. Leyva-Vázquez |
    1 | Maikel Y. Leyva-Vazquez |

    1 | Ana Pérez via handbook-list | handbook@lists.acme.example
    1 | Ana Pérez | ana@acme.example
    2 | Jo Li via handbook-list | handbook@lists.acme.example
    2 | Jo Li | jo@acme.example

    1 | Priya Raghunathan | priya@sterna.example
    1 | Priya Raghunathan (JIRA) | jira@apache.example
    2 | Tomasz Wójcik (JIRA) | jira@apache.example
    2 | Tomasz Wojcik | tomasz@sterna.example

    1 | Ezio Melotti | ezio.melotti@gmail.com
    1 | Ezio Melotti | none@none
    2 | Alessandro Cucci | none@none

    1 | Martin Paul | martin.paul@x.example
    2 | Paul Martin | paul.martin@y.example

    1 | George Henry |
    2 | Henry George |

    1 | Sakura Ishikawa | s.ishikawa@sterna.example
    1 | Ishikawa Sakura |
    1 | ISHIKAWA Sakura |
    2 | 石川さくら |

    1 | Robert Kowalczyk | robert.kowalczyk@acme.example
    1 | Bob Kowalczyk | bob@acme.example
    2 | Bogdan Kowalczyk | bogdan@acme.example

    1 | Stephen Ashworth | steve@ashworth.example
    1 | Steve Ashworth | steve@ashworth.example
    2 | Mary Ashworth | mary@ashworth.example

    1 | John Ashworth | family@ashworth.example
    2 | Mary Ashworth | family@ashworth.example
    1 | John Ashworth | john@work.example

    1 | Priya |
    2 | Priya Raghunathan | priya@sterna.example
    3 | Priya Natarajan | pn@sterna.example

    1 | Chris |
    2 | Chris Oduya |

    1 | J. Okonkwo | j.okonkwo@acme.example
    1 | Jide Okonkwo | jide.okonkwo@acme.example
    2 | Ngozi Okonkwo | ngozi.okonkwo@acme.example

    1 | J. Okonkwo |
    2 | Jide Okonkwo | jide.okonkwo@acme.example
    3 | Jumoke Okonkwo | jumoke.okonkwo@acme.example

    1 | A.-S. Guéguen |
    1 | Anne-Sophie Guéguen | as.gueguen@iroise.example
    1 | Anne Sophie Gueguen | anne-sophie.gueguen@sterna.example
    1 | GUÉGUEN Anne-Sophie |

    1 | Yannick Le Goff | yannick@sterna.example
    1 | Yannick LE GOFF |
    1 | Y. Le Goff |
    1 | Le Goff, Yannick | yannick.legoff@iroise.example

    1 | Ingrid Sørensen | ingrid@sterna.example
    1 | Ingrid Soerensen | i.soerensen@sterna.example
    1 | Ingrid Sorensen |
    1 | Sørensen, Ingrid |

    1 | Guido van Rossum | guido@python.example
    1 | Guido van Rossum | guido@dropbox.example
    2 | Just van Rossum | just@letterror.example

    1 | Martin v. Löwis | martin@v.loewis.example
    1 | Martin v. Loewis | martin@v.loewis.example
    1 | Martin von Löwis | loewis@informatik.example

    1 | R. David Murray | rdmurray@bitdance.example
    1 | R David Murray | rdmurray@bitdance.example
    1 | David Murray | rdmurray@bitdance.example

    1 | Andrew Kuchling | amk@amk.example
    1 | Andrew M. Kuchling | akuchling@mems.example
    1 | A.M. Kuchling |

    1 | George W. Bushnell | gwb@white.example
    2 | George H. Bushnell | ghb@other.example
    3 | George Bushnell |

    1 | Sean Reifschneider | jafo@tummy.example
    1 | Sean Reifscheider | jafo@tummy.example

    1 | Dr. Katharina Möllenkamp | k.moellenkamp@klinik.example
    1 | Katharina Möllenkamp | katharina@moellenkamp.example
    1 | Prof. Dr. K. Möllenkamp |
    1 | Möllenkamp, Katharina, PhD |

    1 | Fred L. Drake, Jr. | fdrake@acm.org
    1 | Fred Drake | fdrake@acm.org
    1 | Fred Drake | fred@zope.example

    1 | Octavia Brandt | octavia+list@gmail.com
    1 | Octavia Brandt | octavia@googlemail.com
    1 | octavia | o.ctavia@gmail.com

    1 | Wen Castellano | 1234567+wenc@users.noreply.github.com
    1 | Wen Castellano | wenc@users.noreply.github.com
    1 | Wen Castellano | wen@castellano.example

    1 | Your Name | you@example.com
    2 | Luca Ferrante | you@example.com
    2 | Luca Ferrante | luca@ferrante.example

    1 | Tim Golden | mail@timgolden.example
    1 | Tim Golden | tim@golden-works.example
    2 | Sam Jepson | mail@jepson.example

    1 | Die Wache | wache@sterna.example
    2 | Meike Thomsen | wache@sterna.example
    2 | Meike Thomsen | meike@sterna.example
    3 | Lars Ole Carstensen | wache@sterna.example
    3 | Lars Ole Carstensen | larsole@sterna.example

    1 | Meike Thomsen | meike@sterna.example
    1 | Meike Carstensen | meike@sterna.example
    2 | Lars Ole Carstensen | larsole@sterna.example

    1 | lotse-bot | lotse-bot@sterna.example
    2 | Runa Matthiesen | lotse-bot@sterna.example
    2 | Runa Matthiesen | runa@sterna.example

    1 | technik | technik@lists.sterna.example
    2 | Runa Matthiesen | technik@lists.sterna.example
    2 | Runa Matthiesen | runa@sterna.example

    1 | SPEAKER_00 |
    2 | SPEAKER_01 |
    3 | Speaker 1 |
    4 | Bo Bergqvist |

    1 | Γιώργος Παπαδάκης | g.papadakis@sterna.example
    1 | Γιωργος Παπαδακης |
    1 | ΠΑΠΑΔΆΚΗΣ Γιώργος |
    2 | Ελένη Παπαδάκη | eleni@sterna.example

    1 | Иван Петренко | ivan@petrenko.example
    1 | ПЕТРЕНКО Иван |
    2 | Иван Петрович |

    1 | Zoë Achterberg | zoe@ngo.example
    1 | Zoe Achterberg | zachterberg@consult.example
    1 | Achterberg, Zoë |

    1 | Łukasz Wiśniewicz | lukasz@firma.example
    1 | Lukasz Wisniewicz |
    1 | Wiśniewicz Łukasz |

    1 | Michael Nowicki | michael@x.example
    2 | Michal Nowicki | michal@y.example

    1 | Michał Nowicki | m.nowicki@z.example
    1 | Michal Nowicki | michal.nowicki@z.example

    1 | Joel Brennan | joel@x.example
    2 | Joe Brennan | joe@y.example

    1 | José García Márquez | jose@uni.example
    1 | Jose Garcia Marquez |
    2 | José García | jgarcia@otro.example

    1 | Ahmed Khan | ahmed.khan@corp.example
    2 | Ahmed Khan | akhan@hospital.example
    3 | A. Khan | a.khan@bank.example

    1 | Nguyen Van Anh | anh.nguyen@a.example
    2 | Nguyen Van Anh | vananh@b.example

    1 | Kim Min-jun | minjun.kim@samsung.example
    1 | Min-jun Kim | mjkim@samsung.example
    2 | Min-ji Kim | minji.kim@samsung.example

    1 | Ka-Ping Yee | ping@zesty.example
    1 | Ka Ping Yee | ping@lfw.example
    1 | KaPing Yee | ping@zesty.example

    1 | Steven D'Aprano | steve@pearwood.example
    1 | Steven D’Aprano | steve+python@pearwood.example
    1 | Steven DAprano |

    1 | Kristján Valur Jónsson | kristjan@ccpgames.example
    1 | Kristjan Valur Jonsson | sweskman@gmail.com
    1 | krisvale | sweskman@gmail.com
    1 | Kristján Jónsson |

    1 | Charles-François Natali | neologix@free.fr
    1 | Charles-Francois Natali | cf.natali@gmail.com
    1 | Natali, Charles-François |

    1 | orsenthil@gmail.com | orsenthil@gmail.com
    1 | Senthil Kumaran | orsenthil@gmail.com
    1 | Senthil Kumaran | senthil@uthcode.example

    1 | Guillaume Ayoub | guillaume@yabz.example
    2 | Guillaume Lamberti | guillaume@lamb.example
    3 | Guillaume |

    1 | Dana Whitcombe | dana@whitcombe.example
    1 | Whitcombe Dana |
    2 | Dale Whitcombe | dale@whitcombe.example

    1 | Inés Duarte | ines.duarte@turbines.example
    1 | Ines Duarte |
    1 | Duarte, I. | i.duarte@turbines.example
    2 | Isabel Duarte | isabel.duarte@museum.example

    1 | Bo Bergqvist | bo@x.example
    1 | Bo Bergkvist | bo@x.example
    2 | Bo Berglund | berglund@x.example

    1 | Peter Smith | peter.smith@a.example
    2 | Peter Smith | psmith@b.example
    3 | Peter Smith | peter@smith.example

    1 | Peter Smith | peter.smith@a.example
    1 | Peter Smith | psmith@a.example
    1 | Smith, Peter |

    1 | Jutta Obermayr | jutta.obermayr@stadt.example
    2 | Jutta Obermayr | jutta.obermayr1@stadt.example

    1 | Amaury Forgeot d'Arc | amauryfa@gmail.com
    1 | Amaury Forgeot d’Arc | amaury@forgeot.example
    1 | Forgeot d'Arc, Amaury |

    1 | Nadia Boulhosa via GitHub | notifications@github.com
    1 | Nadia Boulhosa | nadia@boulhosa.example
    2 | Eero Tammisto via GitHub | notifications@github.com
    2 | Eero Tammisto | eero@tammisto.example

    1 | 'Nadia Boulhosa' via Ops | ops@googlegroups.com
    1 | Nadia Boulhosa | nadia@boulhosa.example

    1 | Tove Lindahl | tove@sjo.example
    1 | Lindahl, Tove (Hamburg) | tove.lindahl@hamburg.sjo.example
    1 | Tove Lindahl [external] | ext-lindahl@sjo.example

    1 | Emre Yıldız | emre@yildiz.example
    1 | Emre Yildiz | emre.yildiz@firma.example
    1 | EMRE YILDIZ | emre@yildiz.example

    1 | Nikos Roussos | n.roussos@sterna.example
    1 | Nikolaos Roussos | nikos.roussos@sterna.example
    2 | Nikos Roussakis | n.roussakis@sterna.example

    1 | Maria Silva | maria.silva@ong.example
    2 | Maria Silva | msilva@banco.example
    3 | Mariana Silva | mariana@ong.example

    1 | Support Team | support@acme.example
    2 | Info | info@acme.example
    3 | Piet Hendrikx | support@acme.example
    3 | Piet Hendrikx | piet@acme.example

    1 | Anton Bergmann | a.bergmann@werk.example
    2 | Anna Bergmann | an.bergmann@werk.example
    3 | A. Bergmann |

    1 | Sigrún Helgadóttir | sigrun@hafro.example
    1 | Sigrun Helgadottir | sigrunh@gmail.com
    2 | Hildur Helgadóttir | hildur@hafro.example

    1 | Jean-Paul Calderone | exarkun@twistedmatrix.example
    1 | Jean-Paul Calderone | exarkun@divmod.example
    1 | JP Calderone | exarkun@divmod.example

    1 | Thandiwe Mokoena | thandi@ngo.example
    1 | Mokoena Thandiwe |
    1 | T. Mokoena |

    1 | Grace Adeyemi-Cole | grace@clinic.example
    1 | Grace Adeyemi | grace.adeyemi@clinic.example
    2 | Gloria Adeyemi | gloria.adeyemi@clinic.example

    1 | Ruth Okafor (she/her) | ruth@acme.example
    1 | Ruth Okafor | ruth.okafor@acme.example
    1 | ruth okafor |

    1 | Ove Kjærgaard | ove@dmi.example
    1 | Ove Kjaergaard |
    1 | Kjærgaard Ove |

    1 | Walter Doerwald | walter@livinglogic.example
    1 | Walter Dörwald | walter@livinglogic.example
    1 | Walter Dörwald |
    """
}
