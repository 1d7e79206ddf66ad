/// The numbers of ``LessonModel``. Written by Benchmarks/lessons/train.py; not edited by hand.
///
/// Logistic regression over the sentences of 250 public lessons of NASA (which section a sentence came from is the
/// truth: lesson or recommendation against driving event). By ten folds of records the average precision is 0.678;
/// chance is 0.348.
enum LessonWeights {
  /// Log-odds of a sentence of which nothing is known.
  static let bias: Float = -0.960

  /// In the order of ``LessonFeature``.
  static let features: [Float] = LessonFeature.allCases.map { table[$0] ?? 0 }

  /// What one unit of a feature adds.
  static let table: [LessonFeature: Float] = [
    .acronyms: 0.296,
    .bad: -0.050,
    .calendar: -0.212,
    .capitalizedShare: -0.367,
    .colon: -0.131,
    .condition: 0.034,
    .conditionFirst: 0.024,
    .definiteFirst: -0.132,
    .definiteShare: -0.480,
    .enumerated: -0.170,
    .enumeratedImperative: 0.087,
    .general: 0.215,
    .gerundFirst: 0.274,
    .good: -0.069,
    .hasNumber: -0.220,
    .hasYear: -0.464,
    .hindsight: 0.119,
    .imperativeFirst: 1.734,
    .imperativeInTheStory: 0.610,
    .imperativeInside: 0.379,
    .judgement: 0.455,
    .length: -0.213,
    .long: -0.028,
    .medium: 0.060,
    .negation: 0.402,
    .noPast: -0.344,
    .noPastNoNumber: 0.778,
    .numbers: 0.032,
    .obligation: 0.495,
    .obligationNoPast: 0.111,
    .obligationPassive: 0.032,
    .onlyPast: -0.037,
    .organization: 0.582,
    .own: 0.208,
    .parenthesis: -0.381,
    .participleShare: -0.231,
    .past: -0.022,
    .pluralFirst: -0.037,
    .pluralShare: 0.142,
    .possibility: -0.027,
    .possibilityNoPast: 0.287,
    .present: -0.058,
    .question: -0.447,
    .quotation: 0.553,
    .reason: -0.131,
    .semicolon: 0.037,
    .short: 0.023,
    .unfinished: 0.257,
    .unreal: 0.297,
    .words: 1,
  ]

  /// English words and what each adds; `^` in front of a word that begins the sentence.
  static let words = """
    ^additional -0.21 ^after -0.18 ^benefit -0.26 ^during -0.51 ^even 0.26 ^failure 0.52 ^finding 0.44 ^for 0.10 \
    ^however -0.23 ^if 0.14 ^implementation -0.26 ^in -0.19 ^perform 0.22 ^provide 0.19 ^recommendation 0.66 \
    ^reference 0.22 ^references -0.26 ^see 0.33 ^some 0.20 ^technical -0.21 ^the -0.11 ^there 0.18 ^these -0.23 \
    ^thus -0.25 ^when 0.27 ^while -0.13 abort 0.62 above 0.19 acceptance -0.16 accordance 0.22 accurate 0.33 \
    activities -0.30 actuator 0.50 addressed 0.19 adequate -0.13 adhere 0.35 after -0.41 against -0.21 all 0.62 \
    allowed 0.37 allowing 0.22 also -0.48 analysis -0.39 and 0.12 anomalous 0.29 anomaly -0.40 any 0.13 appears 0.22 \
    application -0.33 applications -0.29 approach -0.31 appropriate 0.34 approved 0.23 as -0.07 assembly -0.23 \
    assigned 0.29 associated -0.12 assure 0.33 at 0.08 attitude 0.36 authority 0.34 availability -0.22 \
    available -0.11 avoided -0.30 aware 0.24 awareness 0.23 back 0.15 base -0.20 based 0.10 batteries -0.22 \
    battery -0.20 bay 0.44 be 0.22 beam -0.41 bearing -0.21 because -0.28 before 0.38 being -0.19 below -0.20 \
    benefit -0.22 best 0.19 between 0.33 both -0.06 box 0.25 bridge 0.87 building -0.20 bus -0.23 but 0.06 by 0.29 \
    call 0.25 can 0.13 capped 0.36 case 0.17 catastrophic 0.15 cause 0.41 cell 0.21 chamber 0.23 changes 0.20 \
    charge -0.25 charging -0.23 checks 0.23 choice -0.22 class -0.26 clear 0.27 clearly 0.39 close 0.18 \
    coating -0.31 combination 0.27 command 0.33 communication 0.34 communications 0.37 compatible -0.31 \
    complete 0.20 component 0.17 components 0.42 composite -0.20 computer -0.28 concern -0.21 conduct 0.18 \
    configuration 0.41 connections 0.23 consideration 0.20 considerations -0.32 considered -0.13 constraints 0.26 \
    construction 0.24 contact -0.33 contamination 0.12 contingency 0.23 continue -0.26 contractor 0.21 \
    contributed 0.35 contributing 0.24 control 0.31 corrective -0.20 corrosion -0.22 cost -0.46 could 0.31 \
    cover -0.28 crane -0.21 crew -0.28 damage -0.23 data -0.29 deep -0.18 degradation 0.17 design -0.26 \
    detected -0.19 detection 0.25 determine -0.14 determined -0.14 develop 0.17 developed 0.18 development 0.08 \
    devices -0.47 different -0.16 differential 0.23 do 0.19 document -0.12 documented 0.23 drawings 0.19 due -0.09 \
    during -0.23 dynamic -0.15 each -0.24 early -0.14 effect -0.27 effective -0.19 effects -0.27 either -0.18 \
    electrostatic -0.24 elements -0.17 encountered -0.26 energy -0.40 engine 0.16 engineer 0.26 engineering 0.12 \
    ensure 0.35 environment 0.11 equipment 0.17 error 0.32 errors 0.35 especially 0.15 establish 0.20 \
    evaluation 0.27 even 0.12 events 0.20 evidence 0.21 example -0.44 existing -0.31 expected -0.16 experienced 0.30 \
    extend -0.28 extensive -0.26 factors 0.18 fail -0.24 failed -0.27 failure -0.10 failures -0.19 fastener -0.31 \
    fasteners -0.67 few -0.24 figure -0.35 final 0.12 finding 0.55 findings 0.27 first 0.13 flight 0.44 flow -0.16 \
    follow 0.32 followed 0.33 for 0.11 form -0.24 formal 0.23 found 0.19 four -0.31 frequency -0.21 from -0.10 \
    fuel 0.42 full -0.17 fully 0.17 function -0.27 future 0.50 gas -0.37 general -0.19 good -0.15 government 0.21 \
    ground -0.06 gse 0.18 had -0.45 hardware 0.59 has 0.35 have 0.15 hazard 0.16 hazardous 0.22 hazards 0.31 he 0.14 \
    health 0.34 heat -0.43 helium 0.34 high -0.11 how 0.20 human 0.36 hydrogen -0.14 identified -0.12 identify 0.15 \
    if 0.13 implement 0.28 implemented 0.15 improper 0.29 in 0.28 inadequate 0.27 inadvertent 0.32 incident 0.12 \
    incidents 0.30 include 0.16 included -0.25 incorporated -0.18 increase 0.18 increased 0.25 independent 0.33 \
    indicated -0.26 individual 0.22 initial -0.32 installed -0.23 instructions 0.32 integrated 0.24 interfaces 0.27 \
    internal -0.26 into 0.08 involved 0.21 is -0.14 isolation 0.21 iss -0.18 items -0.57 jet -0.19 job 0.23 \
    joint -0.21 joints -0.16 jpl -0.39 june 0.35 key 0.19 keyword -0.22 laboratory -0.19 lack 0.27 large -0.24 \
    launch 0.26 layer -0.23 leak -0.20 learned 0.29 left 0.14 lessons 0.24 level 0.09 life -0.15 lifting 0.32 \
    limit 0.25 limits 0.20 liquid -0.24 list 0.21 load 0.23 loads 0.21 location 0.16 loss -0.14 ma 0.80 made 0.25 \
    maintainability -0.27 maintenance -0.98 major 0.19 manufacturing -0.42 mars -0.38 materials 0.08 may 0.22 \
    mechanical 0.39 memorandum -0.22 memory -0.29 mer -0.24 metal -0.31 method -0.28 minimize -0.18 minimum -0.27 \
    minutes -0.23 mishap 0.35 mission 0.39 missions 0.19 modes -0.15 module -0.32 more 0.24 motor 0.50 msfc -0.29 \
    must -0.19 nasa -0.10 necessary 0.16 need 0.33 needs 0.31 new 0.21 no -0.14 nominal 0.24 non 0.10 normal 0.21 \
    not 0.15 noted -0.36 observations 0.28 occurred -0.11 of -0.07 often 0.24 oil -0.28 omi 0.91 on 0.10 one -0.49 \
    open 0.14 operate 0.15 operated -0.24 operation 0.28 operations 0.52 operators 0.22 opf 0.78 optic 0.20 or -0.22 \
    orbit -0.20 organization 0.37 other -0.24 output 0.17 overall -0.20 oxygen -0.21 paper 0.41 parallel -0.28 \
    parameters -0.25 parts -0.12 pass -0.28 path -0.23 pattern -0.25 payload -0.48 per 0.26 perform 0.76 \
    performance -0.30 performed 0.14 performing 0.37 personnel 0.40 phase 0.25 pilot -0.23 pin -0.28 pipe -0.26 \
    place -0.14 plate -0.17 port 0.42 positive -0.16 possible -0.12 potential -0.23 powered -0.19 practices -0.19 \
    preparation -0.21 present 0.16 pressure 0.22 prevent 0.17 primary -0.24 prior 0.18 problem 0.20 procedure 0.30 \
    procedures 0.14 process -0.24 products 0.43 program 0.10 projects -0.28 propellant -0.13 proper 0.34 \
    properly 0.67 pulse -0.34 purge 0.41 quality 0.40 quot -0.46 range 0.21 rate 0.17 rationale -0.37 \
    recommendation 0.59 recommendations 0.37 recovery 0.31 reduced 0.20 reference -0.19 references -0.22 \
    release 0.18 reliability -0.59 repair -0.16 replacement -0.33 require 0.11 required -0.54 requirement -0.23 \
    requirements 0.10 research -0.16 resistance -0.22 responsibilities 0.24 result 0.47 resulting 0.21 results 0.16 \
    revealed -0.21 review 0.40 reviewed 0.31 reviews 0.26 risk 0.32 roles 0.22 roll 0.52 rules 0.29 same -0.19 \
    scan -0.26 schedule 0.24 scope -0.27 screw 0.46 seal -0.85 seals -0.71 secondary -0.18 see 0.39 selection -0.45 \
    sequence 0.38 service 0.51 setting 0.30 several -0.10 sheet -0.19 shift 0.36 shop 0.21 short -0.34 should 0.69 \
    shown -0.19 shuttle -0.14 since -0.35 single -0.24 situations 0.24 so -0.22 software 0.14 solar -0.25 \
    solid -0.15 some -0.09 space 0.20 spacecraft 0.13 spares -0.32 special -0.22 specification 0.14 state 0.25 \
    static -0.16 status 0.30 step 0.20 steps 0.32 still -0.29 storage -0.20 stress -0.16 structural -0.20 \
    structure -0.29 such -0.07 sufficient -0.13 supply -0.38 support -0.23 surface -0.39 surfaces 0.13 system 0.37 \
    systems 0.30 table -0.29 take -0.18 tape -0.24 task 0.20 technical -0.40 technician 0.44 technicians 0.79 \
    telemetry 0.21 temperature -0.57 temperatures -0.17 test -0.51 testing -0.22 than -0.39 that 0.36 the 0.02 \
    their 0.36 then -0.21 there 0.77 therefore -0.23 thermal -0.56 these -0.09 thickness -0.24 this 0.06 \
    thorough 0.23 those -0.13 through -0.26 throughout 0.22 thus -0.19 time -0.17 times -0.15 to 0.27 torque 0.51 \
    total -0.17 training 0.65 transmission -0.22 tree -0.30 two -0.28 types -0.27 typical -0.19 under -0.24 \
    understand 0.32 understanding 0.35 unit 0.13 upgrades 0.27 use 0.24 used 0.21 usually -0.27 valve 0.45 \
    valves 0.32 vent 0.19 venting 0.32 verification 0.27 verify 0.15 very 0.11 volume -0.18 warning 0.47 well 0.27 \
    were -0.34 when 0.13 wire 0.23 within -0.22 work 0.44 working 0.19 would 0.16 years -0.20 you 0.27 your 0.23 \
    zero 0.41
    """
}
