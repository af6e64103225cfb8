-- The 173 tables of a SIGA base that public code documents: columns, declared types, keys, as SQL Server has them.
-- Declared types stay verbatim: the exporter reads them with PRAGMA table_info. A line "-- X. name" opens a group.

-- A. maestros sin año
CREATE TABLE ejecutora (
  sec_ejec numeric(6,0) NOT NULL, departamento varchar(2), provincia varchar(2), sector varchar(2), pliego varchar(3),
  gestora varchar(2), ejecutora varchar(3) NOT NULL, nombre varchar(150), ubigeo varchar(10), localidad varchar(150),
  lugar varchar(50), lugar_num varchar(5), lugar_mza varchar(20), lugar_lot varchar(20), fax varchar(20), e_mail
  varchar(150), ruc_ejec varchar(11), seccion varchar(1), region varchar(2), apartado_postal varchar(20), cod_ciudad
  varchar(2), sectorista numeric(8,0), residente numeric(8,0), conexion varchar(1), pozo_tierra varchar(1),
  sede_alterna numeric(5,0), f_plan_act_97 varchar(1), f_coordinador varchar(1), f_registro_siaf varchar(1),
  f_pres_ingresos varchar(1), f_act_metas varchar(1), f_act_calendario varchar(1), fecha_ing datetime, usuario_ing
  varchar(15), fecha_baja datetime, usuario_baja varchar(15), ds_347_90_ef varchar(1), expediente varchar(10),
  rendicion varchar(10), nota varchar(10) NOT NULL, secuencia_oper varchar(10) NOT NULL, secuencia_t6 varchar(10) NOT
  NULL, es_pliego varchar(1) NOT NULL, sec_func varchar(4) NOT NULL, mes_apertura varchar(2) NOT NULL, mes_cierre
  varchar(2) NOT NULL, estado varchar(1), reg_multiple varchar(10), pais varchar(4), distrito varchar(2), liquidacion
  varchar(1), secuencia_trans varchar(10), liquidacion_pliego varchar(1), nota_gasto varchar(10), nota_calendario
  varchar(10), siglas varchar(40), proceso varchar(10), planilla varchar(10), seace varchar(10) NOT NULL,
  secuencia_gsc varchar(10), tipo_unidad varchar(1), TIPO_ENTIDAD int, PRIMARY KEY (sec_ejec));
CREATE TABLE sig_ejecutora (
  sec_ejec numeric(6,0) NOT NULL, sector varchar(2), pliego varchar(3), estado varchar(1), fecha_reg datetime,
  FLAG_WEB varchar(1), SP_WEB varchar(1), FLAG_PILOTO varchar(1), COD_PILOTO varchar(100), PRIMARY KEY (sec_ejec));
CREATE TABLE sector (
  sector varchar(2) NOT NULL, nombre varchar(150), estado varchar(1), PRIMARY KEY (sector));
CREATE TABLE pliego (
  sector varchar(2) NOT NULL, pliego varchar(3) NOT NULL, nombre varchar(150), estado varchar(1), PRIMARY KEY (sector,
  pliego));
CREATE TABLE gestora (
  sector varchar(2) NOT NULL, pliego varchar(3) NOT NULL, gestora varchar(2) NOT NULL, nombre varchar(150), estado
  varchar(1), PRIMARY KEY (sector, pliego, gestora));
CREATE TABLE ubigeo (
  pais varchar(4) NOT NULL, departamento varchar(2) NOT NULL, provincia varchar(2) NOT NULL, distrito varchar(2) NOT
  NULL, nombre varchar(150), estado varchar(1), PRIMARY KEY (pais, departamento, provincia, distrito));
CREATE TABLE unidad_medida (
  UNIDAD_MEDIDA numeric(3,0) NOT NULL, NOMBRE varchar(100), ESTADO varchar(1), ABREVIATURA varchar(15),
  ES_PRESUPUESTAL varchar(1), ES_LOGISTICA varchar(1), ES_GOBLOCAL varchar(1), ES_GOBREGIONAL varchar(1),
  ES_GOBNACIONAL varchar(1), ES_ETE varchar(1), FECHA_ALTA datetime, FECHA_ACT datetime, FECHA_BAJA datetime,
  UNIDAD_MEDIDA_SIAF numeric(3,0), ES_PATRIMONIO varchar(1), PRIMARY KEY (UNIDAD_MEDIDA));
CREATE TABLE MARCA (
  TIPO_MARCA varchar(1) NOT NULL, MARCA numeric(5,0) NOT NULL, NOMBRE varchar(100), ESTADO varchar(1), FECHA_ALTA
  datetime, FECHA_ACT datetime, FECHA_BAJA datetime, PRIMARY KEY (TIPO_MARCA, MARCA));
CREATE TABLE grupo_bien_serv (
  tipo_bien varchar(1) NOT NULL, grupo_bien varchar(2) NOT NULL, nombre_grupo varchar(100) NOT NULL, alcance_grupo
  varchar(1000), flag_activo char(1), flag_sbn char(1), estado char(1), fecha_alta datetime, fecha_act datetime,
  fecha_baja datetime, cuser_id varchar(30), ENVIADO varchar(1), FLAG_VISUALIZA char(1), FLAG_EXCEPCION varchar(1),
  PRIMARY KEY (tipo_bien, grupo_bien));
CREATE TABLE clase_bien_serv (
  tipo_bien varchar(1) NOT NULL, grupo_bien varchar(2) NOT NULL, clase_bien varchar(2) NOT NULL, nombre_clase
  varchar(100), alcance_clase varchar(1000), tipo_patrim numeric(2,0), clase_patrim numeric(2,0), subtipo
  numeric(2,0), flag_activo char(1), flag_sbn char(1), estado char(1), fecha_alta datetime, fecha_act datetime,
  fecha_baja datetime, cuser_id varchar(30), ENVIADO varchar(1), FLAG_VISUALIZA char(1), PRIMARY KEY (tipo_bien,
  grupo_bien, clase_bien));
CREATE TABLE familia_bien_serv (
  tipo_bien varchar(1) NOT NULL, grupo_bien varchar(2) NOT NULL, clase_bien varchar(2) NOT NULL, familia_bien
  varchar(4) NOT NULL, nombre_fam varchar(100) NOT NULL, alcance_fam varchar(1000), tipo_patrim numeric(2,0),
  clase_patrim numeric(2,0), subtipo numeric(2,0), flag_activo char(1), tipo_activo char(1), flag_sbn char(1),
  flag_gfijo char(1), estado char(1), fecha_alta datetime, fecha_act datetime, fecha_baja datetime, cuser_id
  varchar(30), ENVIADO varchar(1), FLAG_VISUALIZA char(1), ESTADO_MEF varchar(1), FLAG_DURADERO varchar(1), PRIMARY
  KEY (tipo_bien, grupo_bien, clase_bien, familia_bien));
CREATE TABLE CATALOGO_BIEN_SERV (
  SEC_EJEC numeric(6,0) NOT NULL, TIPO_BIEN varchar(1) NOT NULL, GRUPO_BIEN varchar(2) NOT NULL, CLASE_BIEN varchar(2)
  NOT NULL, FAMILIA_BIEN varchar(4) NOT NULL, ITEM_BIEN varchar(4) NOT NULL, NOMBRE_ITEM varchar(150), FLAG_ACTIVO
  varchar(1), TIPO_ACTIVO varchar(1), UNIDAD_ADQUIS numeric(3,0), FACTOR_UNIDAD numeric(5,0), UNIDAD_MEDIDA
  numeric(3,0), PRESENTACION varchar(40), COND_ALMAC varchar(80), MARCA_REF numeric(5,0), PRECIO_REF numeric(16,6),
  FECHA_REF datetime, PRECIO_COMPRA numeric(16,6), FECHA_COMPRA datetime, ITEM_CRITICO varchar(1), FLAG_ITEM
  varchar(1), PRECIO_DOLAR numeric(16,6), STOCK_MINIMO numeric(10,4), STOCK_MAXIMO numeric(14,4), ESTADO char(1),
  FECHA_ALTA datetime, FECHA_ACT datetime, BOLSA_PRODUCTO varchar(1), CUSER_ID varchar(30), PAIS varchar(4),
  FLAG_VISUALIZA char(1), ENVIADO varchar(1), FLAG_UNIDADES char(1), CODIGO_ITEM varchar(12), TIPO_MARCA varchar(1),
  FLAG_SUBASTA_INVERSA varchar(1), FLAG_MARCO_PRECIO varchar(1), FLAG_ESTADO varchar(1), GRUPO_BIEN_PADRE varchar(2),
  CLASE_BIEN_PADRE varchar(2), FAMILIA_BIEN_PADRE varchar(4), ITEM_BIEN_PADRE varchar(4), CLASE_BIEN_DET
  numeric(10,0), CODIGO_ONU varchar(8), FLAG_PLAN_LOGISTICO char(1), FLAG_PLAN_72_HORAS char(1), PESO numeric(16,6),
  VOLUMEN numeric(16,6), ESTADO_MEF varchar(1), NRO_STOCK_OTAN varchar(15), CODIGO_OSCE varchar(16), FLAG_MEJORA
  varchar(1), FLAG_AGRUPADO char(1), IND_COMPONENTE varchar(1), IND_UNIDAD_ACTIVO varchar(1), FLAG_DURADERO
  varchar(1), ALIAS1 varchar(250), ALIAS2 varchar(60), ALIAS3 varchar(60), TIPO_UNIDAD varchar(2), ANO_ORDEN
  numeric(4,0), NRO_ORDEN numeric(7,0), TIPO_PPTO numeric(2,0), DIAS_VENCIMIENTO numeric(4,0), UMEDIDA_PESO
  numeric(3,0), UMEDIDA_VOLUMEN numeric(3,0), PRIMARY KEY (SEC_EJEC, TIPO_BIEN, GRUPO_BIEN, CLASE_BIEN, FAMILIA_BIEN,
  ITEM_BIEN));
CREATE TABLE CATALOGO_BIEN_SERV_ORIGINAL (
  TIPO_BIEN varchar(1) NOT NULL, GRUPO_BIEN varchar(2) NOT NULL, CLASE_BIEN varchar(2) NOT NULL, FAMILIA_BIEN
  varchar(4) NOT NULL, ITEM_BIEN varchar(4) NOT NULL, NOMBRE_ITEM varchar(150), FLAG_ACTIVO varchar(1), TIPO_ACTIVO
  varchar(1), UNIDAD_ADQUIS numeric(3,0), FACTOR_UNIDAD numeric(5,0), UNIDAD_MEDIDA numeric(3,0), PRESENTACION
  varchar(40), COND_ALMAC varchar(80), MARCA_REF numeric(5,0), PRECIO_REF numeric(16,6), FECHA_REF datetime,
  PRECIO_COMPRA numeric(16,6), FECHA_COMPRA datetime, ITEM_CRITICO varchar(1), FLAG_ITEM varchar(1), PRECIO_DOLAR
  numeric(16,6), STOCK_MINIMO numeric(10,4), STOCK_MAXIMO numeric(14,4), ESTADO char(1), FECHA_ALTA datetime,
  FECHA_ACT datetime, BOLSA_PRODUCTO varchar(1), CUSER_ID varchar(30), PAIS varchar(4), FLAG_VISUALIZA char(1),
  ENVIADO varchar(1) NOT NULL, FLAG_UNIDADES char(1), TIPO_MARCA varchar(1), FLAG_SUBASTA_INVERSA varchar(1),
  FLAG_MARCO_PRECIO varchar(1), FLAG_ESTADO varchar(1), GRUPO_BIEN_PADRE varchar(2), CLASE_BIEN_PADRE varchar(2),
  FAMILIA_BIEN_PADRE varchar(4), ITEM_BIEN_PADRE varchar(4), CODIGO_ONU varchar(8), CODIGO_OSCE varchar(16),
  FLAG_MEJORA varchar(1), FLAG_AGRUPADO char(1), ALIAS1 varchar(250), ALIAS2 varchar(60), ALIAS3 varchar(60),
  TIPO_UNIDAD varchar(2), IND_COMPONENTE varchar(1), IND_UNIDAD_ACTIVO varchar(1), FECHA_INACTIVACION datetime,
  PRIMARY KEY (TIPO_BIEN, GRUPO_BIEN, CLASE_BIEN, FAMILIA_BIEN, ITEM_BIEN));
CREATE TABLE SIG_CONTRATISTAS (
  PROVEEDOR numeric(5,0) NOT NULL, ESTADO char(1), TIPO_ID varchar(1), TIPO_CONTRAT varchar(1) NOT NULL, NRO_RUC
  varchar(11), TIPO_DOC varchar(2), NUM_DOC varchar(20), GIRO_GENERAL varchar(250), NOMBRE_PROV varchar(100) NOT NULL,
  RESPONSABLE varchar(70), CARGO varchar(50), DOC_IDENTIDAD varchar(20), FECHA_INSCRIP datetime, TELEFONOS
  varchar(40), TELEFONO_FAX varchar(40), EMAIL varchar(100), DIRECCION varchar(70), REFERENCIA varchar(30), PAIS
  varchar(4), DEPARTAMENTO varchar(2), PROVINCIA varchar(2), DISTRITO varchar(2), FECHA_ISANCION datetime,
  FECHA_FSANCION datetime, TIPO_PERSONA varchar(2), FLAG_FACTURA char(1), FLAG_BOLETA char(1), FLAG_RECIBO char(1),
  PROFESION varchar(3), FECHA_REG datetime, CUSER_ID varchar(30), EQUIPO_REG varchar(20), FLAG_SNP char(1), FLAG_RNP
  varchar(1), NRO_RNP varchar(8), FLAG_CONSORCIO varchar(1), FLAG_NO_DOMICILIADO char(1), FLAG_MYPE varchar(1),
  TIP_PERSONA char(1), FLAG_DISCAPACIDAD varchar(1), TIPO_PROV varchar(1), F_NACIMIENTO datetime, CUSPP varchar(12),
  T_REGIMEN_PEN varchar(1), IND_TERC_PERM varchar(1), CCI varchar(25), ctacte_detraccion numeric(11,0), flag_epublica
  char(1), FLAG_ASEGURADORA varchar(1), PRIMARY KEY (PROVEEDOR));
CREATE TABLE sig_personal (
  sec_ejec numeric(6,0) NOT NULL, empleado varchar(15) NOT NULL, estado char(1), apellido_paterno varchar(30) NOT
  NULL, apellido_materno varchar(30) NOT NULL, nombres varchar(40) NOT NULL, tipo_empleado char(1), entidad_externa
  varchar(80), nombre_completo varchar(60), direccion varchar(80), centro_costo varchar(15), pais varchar(4),
  departamento varchar(2), provincia varchar(2), distrito varchar(2), telefonos varchar(30), fecha_ingreso datetime,
  tipo_planilla varchar(2), estado_civil varchar(1), sexo_empleado varchar(1), grado_inst varchar(1), fecha_nac
  datetime, pais_nac varchar(4), docum_ident varchar(12), codigo_ipss varchar(16), grupo_sang varchar(5), codigo_prof
  char(3), flag_interno varchar(1), nro_colegiatura varchar(25), fecha_reg datetime, cuser_id varchar(30),
  empleado_sbn varchar(5), FLAG_AUTORIZADO varchar(1), cuserlp varchar(30), nivel_viatico numeric(6,0), PROVEEDOR
  numeric(5,0), banco_pago varchar(20), cuenta_banco varchar(50), CATEGORIA varchar(5), CARGO varchar(5),
  tipo_pago_planilla varchar(2), E_MAIL varchar(100), FAX varchar(20), TIPO_DOCUM_IDENT char(2), CUENTA_INTERBANC
  varchar(20), BANCO varchar(3), profesion_inei varchar(5), destacado varchar(1), sec_ejec_dest numeric(6,0),
  tipo_destacado varchar(2), nro_lmilitar varchar(15), nro_ruc varchar(11), nro_pasaporte varchar(15), tipo_ssp_afp
  varchar(6), nro_ssp_afp varchar(15), peso numeric(6,3), tipo_via varchar(5), nro_dir varchar(5), nro_int varchar(5),
  nro_mz varchar(5), nro_lote varchar(5), tipo_habilit varchar(8), nmb_habilit varchar(30), banco_tipcta varchar(7),
  CARGO_PER numeric(10,0), FLAG_ARQUEO char(1), FECHA_ARQUEO datetime, PRIMARY KEY (sec_ejec, empleado));
CREATE TABLE sig_sedes (
  sede numeric(4,0) NOT NULL, pliego varchar(3) NOT NULL, sector varchar(2), nombre_sede varchar(50), direccion
  varchar(50), referencia varchar(40), telefono varchar(20), pais varchar(4), departamento varchar(2), provincia
  varchar(2), distrito varchar(2), fecha_reg datetime, FLAG_PRINCIPAL varchar(1), CODIGO_SBN varchar(10),
  ANO_PROC_CTBLE numeric(4,0), MES_PROC_CTBLE varchar(2), MACROREGION varchar(2), SECTOR_AMBITO varchar(2), PRIMARY
  KEY (sede, pliego));
CREATE TABLE SIG_ALMACEN (
  sec_ejec numeric(6,0) NOT NULL, ALMACEN varchar(3) NOT NULL, SEC_ALMACEN varchar(3) NOT NULL, pliego varchar(3),
  INDICADOR varchar(1), SEDE numeric(4,0), NOMBRE_ALM varchar(40), DIRECCION varchar(40), ESTADO char(1), REFERENCIA
  varchar(30), EMPLEADO varchar(15), TELEFONOS varchar(20), Pais varchar(4), departamento varchar(2), provincia
  varchar(2), distrito varchar(2), ANO_PROCESO numeric(4,0), MES_PROCESO varchar(2), FECHA_REG datetime, CUSER_ID
  varchar(30), EQUIPO_REG varchar(20), TIPO_PPTO numeric(1,0), FLAG_SISMED varchar(1), FLAG_DONACION char(1), NIVEL
  char(1), PRIMARY KEY (sec_ejec, ALMACEN, SEC_ALMACEN));
CREATE TABLE SIG_UBICAC_FISICA (
  TIPO_UBICAC numeric(3,0) NOT NULL, COD_UBICAC varchar(3) NOT NULL, UBICAC_FISICA varchar(100), FLAG_TIPO varchar(1),
  FECHA_REG datetime, CUSER_ID varchar(30), EQUIPO_REG varchar(20), ubicac_sbn varchar(10), PRIMARY KEY (TIPO_UBICAC,
  COD_UBICAC));
CREATE TABLE SIG_TIPO_MOVIMIENTO (
  TIPO_MOVIMTO varchar(1) NOT NULL, TIPO_TRANSAC numeric(2,0) NOT NULL, NOMBRE_MOVIMTO varchar(50), ABREV_MOVIMTO
  varchar(25), IND_ALMACEN varchar(1), IND_ACTIVO varchar(1), IND_SALIDA varchar(1), IND_SBN varchar(1), CONDICION_SBN
  varchar(2), PRIMARY KEY (TIPO_MOVIMTO, TIPO_TRANSAC));
CREATE TABLE SIG_TIPO_CAMBIO (
  MONEDA varchar(6) NOT NULL, FECHA_CAMBIO datetime NOT NULL, VALOR_COMPRA numeric(10,6), VALOR_VENTA numeric(10,6),
  PRIMARY KEY (MONEDA, FECHA_CAMBIO));
CREATE TABLE sig_maestro (
  cod_maestro varchar(20) NOT NULL, nombre varchar(100), tipo varchar(1), tipo_dato varchar(1), modificable
  varchar(1), digito numeric(1,0), estado varchar(1), fecha_reg datetime, PRIMARY KEY (cod_maestro));
CREATE TABLE sig_maestro_det_cadena (
  cod_maestro varchar(20) NOT NULL, cod_detalle varchar(6) NOT NULL, nombre varchar(150), abreviatura varchar(20),
  valor_numerico numeric(16,6), estado varchar(1), fecha_reg datetime, PRIMARY KEY (cod_maestro, cod_detalle));
CREATE TABLE SIG_TRANSACCION_ESTADO (
  COD_MAESTRO varchar(20) NOT NULL, COD_DETALLE numeric(2,0) NOT NULL, ESTADO varchar(2) NOT NULL, NOMBRE
  varchar(100), FECHA_REG datetime, EQUIPO_REG varchar(20), PRIMARY KEY (COD_MAESTRO, COD_DETALLE, ESTADO));
CREATE TABLE TIPO_DOCUMENTO (
  TIPO_DOCUMENTO char(2) NOT NULL, NOMBRE varchar(100), ES_MCPP char(1), ESTADO char(1), PRIMARY KEY
  (TIPO_DOCUMENTO));
CREATE TABLE sig_parametro_ejecutora (
  sec_ejec numeric(6,0) NOT NULL, cod_maestro varchar(20) NOT NULL, valor varchar(100), estado varchar(1), fecha_reg
  datetime, PRIMARY KEY (sec_ejec, cod_maestro));
CREATE TABLE SIG_PPR_CATEGORIA (
  ANO_EJE numeric(4,0) NOT NULL, CATEGORIA numeric(3,0) NOT NULL, NOMBRE varchar(50), NOMBRE_CORTO varchar(20),
  ID_AMBITO numeric(3,0), ESTADO char(1), SECTOR_AMBITO varchar(2) NOT NULL, PRIMARY KEY (ANO_EJE, CATEGORIA,
  SECTOR_AMBITO));
CREATE TABLE SIG_SUB_FINALIDAD (
  ANO_EJE numeric(4,0) NOT NULL, SUB_FINALIDAD varchar(7) NOT NULL, NOMBRE varchar(200), FINALIDAD varchar(10),
  UNIDAD_MEDIDA numeric(3,0), CADENA_FUNCIONAL varchar(50), PROGRAMA_INSTITUCIONAL varchar(6) NOT NULL, ESTADO
  char(1), NOMBRE_CORTO varchar(150), TIPO_ESTRATEGIA varchar(1), COMPONENTE varchar(10), ACT_PROY varchar(10),
  ID_SUB_FINALIDAD numeric(10,0) NOT NULL, TRAZADOR varchar(1), PRIMARY KEY (ANO_EJE, SUB_FINALIDAD,
  ID_SUB_FINALIDAD));

-- B. maestros por año
CREATE TABLE meta (
  ano_eje numeric(4,0) NOT NULL, sec_ejec numeric(6,0) NOT NULL, sec_func numeric(4,0) NOT NULL, funcion varchar(2),
  programa varchar(3), sub_programa varchar(4), act_proy varchar(7), componente varchar(7), meta varchar(5), finalidad
  varchar(10), nombre varchar(150), monto numeric(19,2), cantidad numeric(20,3), unidad_med varchar(3), fecha_ing
  datetime, usuario_ing varchar(15), fecha_mod datetime, usuario_mod varchar(15), estado varchar(1), estado_envio
  varchar(1) NOT NULL, archivo varchar(40), pais varchar(4), departamento varchar(2), provincia varchar(2), distrito
  varchar(2), unidad_medida numeric(3,0), ESTRATEGIA_NACIONAL varchar(4), FLAG_ESTRATEGIA varchar(1), TIPO_ESTRATEGIA
  varchar(1), TIPO_TAREA char(1), NIVEL_TAREA char(1), TAREA_GENERAL numeric(4,0), PROGRAMA_INSTITUCIONAL varchar(6),
  PRIMARY KEY (ano_eje, sec_ejec, sec_func));
CREATE TABLE sig_tarea (
  ano_eje numeric(4,0) NOT NULL, sec_ejec numeric(6,0) NOT NULL, tipo_tarea char(1) NOT NULL, nivel_tarea char(1) NOT
  NULL, tarea_general numeric(4,0) NOT NULL, nombre varchar(150), grupo_tarea varchar(2), estado varchar(1), fecha_reg
  datetime, cuser_id varchar(30), tipo_ppto numeric(1,0), tipo_uso varchar(1), sec_ejec2 numeric(6,0), TIPO_TAREA_PAD
  varchar(1), NIVEL_TAREA_PAD varchar(1), TAREA_GENERAL_PAD numeric(4,0), ORDEN_TAREA varchar(1), TIPO_META
  varchar(1), CODIGO_ALTERNO varchar(20), PRIMARY KEY (ano_eje, sec_ejec, tipo_tarea, nivel_tarea, tarea_general));
CREATE TABLE Fuente_Financ (
  ANO_EJE numeric(4,0) NOT NULL, ORIGEN varchar(1) NOT NULL, FUENTE_FINANC varchar(2) NOT NULL, nombre varchar(150),
  estado varchar(1), FUENTE_FINANC_AGREGADA varchar(1), PRIMARY KEY (ANO_EJE, ORIGEN, FUENTE_FINANC));
CREATE TABLE Fuente_Financ_Ejec (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, ORIGEN varchar(1) NOT NULL, FUENTE_FINANC varchar(2)
  NOT NULL, monto_asignado numeric(19,2), estado varchar(1), FUENTE_PIA char(1), PRIMARY KEY (ANO_EJE, SEC_EJEC,
  ORIGEN, FUENTE_FINANC));
CREATE TABLE SIG_CLASIFICADOR_GASTO (
  ANO_EJE numeric(4,0) NOT NULL, CLASIFICADOR varchar(20) NOT NULL, NOMBRE_CLASIF varchar(150), FLAG_ABAST varchar(1),
  ESTADO varchar(1), FECHA_ALTA datetime, COD_NIVEL1 varchar(3), COD_NIVEL2 varchar(3), TIPO_BIEN char(1),
  FLAG_VIATICO varchar(2), TIPO_ACT_PROY varchar(1), ID_CLASIFICADOR char(7), categoria_gasto varchar(1),
  TIPO_CLASIFICADOR char(1), flag_caja char(1), FLAG_MARCO_PRECIO char(1), FLAG_SEACE varchar(1) NOT NULL, PRIMARY KEY
  (ANO_EJE, CLASIFICADOR));
CREATE TABLE SIG_CENTRO_COSTO (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, CENTRO_COSTO varchar(15) NOT NULL, NOMBRE_DEPEND
  varchar(100), ABREVIADO_DEPEND varchar(50), SEDE numeric(4,0), PLIEGO varchar(3), TIPO_DEPEND char(1), ESTADO
  char(1), FECHA_ALTA datetime, FECHA_BAJA datetime, EMPLEADO varchar(15), NRO_PERSONAL numeric(4,0), CENTRO_PADRE
  varchar(15), FLAG_GF varchar(1), FLAG_CN varchar(1), FECHA_FLAG datetime, ORDEN varchar(80), CUSER_ID varchar(30),
  CENTRO_SBN varchar(5), FLAG_SISMED varchar(1), FLAG_PRESUPUESTO varchar(1), flag_ppr varchar(1), TIPO_ROL
  varchar(1), TIPO_REGISTRO varchar(1), flag_pptal varchar(1), SecUPs numeric(5,0), CODIGO_ALTERNO varchar(20),
  PRIMARY KEY (ANO_EJE, SEC_EJEC, CENTRO_COSTO));
CREATE TABLE sig_centro_costo_tarea (
  sec_ejec numeric(6,0) NOT NULL, ano_eje numeric(4,0) NOT NULL, centro_costo varchar(15) NOT NULL, tipo_tarea char(1)
  NOT NULL, nivel_tarea char(1) NOT NULL, codigo_tarea numeric(10,0) NOT NULL, nombre_tarea varchar(150) NOT NULL,
  grupo_tarea varchar(2), tarea_general numeric(4,0), estado varchar(1), fecha_reg datetime, cuser_id varchar(30),
  tipo_ppto numeric(1,0), tipo_uso varchar(1), sec_ejec2 numeric(6,0), CANTIDAD numeric(20,3), UNIDAD_MEDIDA
  numeric(3,0), flag_tp varchar(1), TIPO_TAREA_PAD varchar(1), NIVEL_TAREA_PAD varchar(1), TAREA_GENERAL_PAD
  numeric(4,0), fase_copia numeric(1,0), bd_copia varchar(4), F_CREACION date, TIPO_ORIGEN varchar(1), PRIMARY KEY
  (sec_ejec, ano_eje, centro_costo, tipo_tarea, nivel_tarea, codigo_tarea));
CREATE TABLE sig_metas_x_centro (
  ano_eje numeric(4,0) NOT NULL, sec_ejec numeric(6,0) NOT NULL, centro_costo varchar(15) NOT NULL, secuencia
  numeric(3,0) NOT NULL, sec_func numeric(4,0) NOT NULL, origen varchar(1), fuente_financ varchar(2), tipo_recurso
  varchar(2), porc_gfijos numeric(6,2), porc_techo numeric(6,2), cuser_id varchar(30), fecha_reg datetime,
  flag_bloqueo_ppr varchar(1), F_CREACION date, PRIMARY KEY (ano_eje, sec_ejec, centro_costo, secuencia));
CREATE TABLE Funcion (
  ANO_EJE numeric(4,0) NOT NULL, funcion varchar(2) NOT NULL, nombre varchar(150), estado varchar(1), PRIMARY KEY
  (ANO_EJE, funcion));
CREATE TABLE Programa (
  ANO_EJE numeric(4,0) NOT NULL, funcion varchar(2) NOT NULL, programa varchar(3) NOT NULL, PRIMARY KEY (ANO_EJE,
  funcion, programa));
CREATE TABLE Sub_Programa (
  ANO_EJE numeric(4,0) NOT NULL, funcion varchar(2) NOT NULL, programa varchar(3) NOT NULL, sub_programa varchar(4)
  NOT NULL, PRIMARY KEY (ANO_EJE, funcion, programa, sub_programa));
CREATE TABLE Act_Proy (
  ANO_EJE numeric(4,0) NOT NULL, funcion varchar(2) NOT NULL, programa varchar(3) NOT NULL, sub_programa varchar(4)
  NOT NULL, act_proy varchar(7) NOT NULL, estado varchar(1), PRIMARY KEY (ANO_EJE, funcion, programa, sub_programa,
  act_proy));
CREATE TABLE Act_Proy_Nombre (
  ANO_EJE numeric(4,0) NOT NULL, act_proy varchar(7) NOT NULL, tipo_act_proy varchar(1), nombre varchar(250), estado
  varchar(1), PRIMARY KEY (ANO_EJE, act_proy));
CREATE TABLE Componente (
  ANO_EJE numeric(4,0) NOT NULL, funcion varchar(2) NOT NULL, programa varchar(3) NOT NULL, sub_programa varchar(4)
  NOT NULL, act_proy varchar(7) NOT NULL, componente varchar(7) NOT NULL, ESTADO varchar(1), ESTADO_ENVIO varchar(1)
  NOT NULL, PRIMARY KEY (ANO_EJE, funcion, programa, sub_programa, act_proy, componente));
CREATE TABLE Componente_Nombre (
  ANO_EJE numeric(4,0) NOT NULL, componente varchar(7) NOT NULL, tipo_componente varchar(1) NOT NULL, nombre
  varchar(250), estado varchar(1), ESTADO_ENVIO varchar(1) NOT NULL, PRIMARY KEY (ANO_EJE, componente));
CREATE TABLE Finalidad (
  ANO_EJE numeric(4,0) NOT NULL, finalidad varchar(10) NOT NULL, nombre varchar(250), estado varchar(1), ESTADO_ENVIO
  varchar(1) NOT NULL, PRIMARY KEY (ANO_EJE, finalidad));
CREATE TABLE SIG_FAMILIA_CLASIFICADOR (
  ANO_EJE numeric(4,0) NOT NULL, FAMILIA_CLASIFICADOR numeric(10,0) NOT NULL, TIPO_BIEN varchar(1) NOT NULL,
  GRUPO_BIEN varchar(2) NOT NULL, CLASE_BIEN varchar(2) NOT NULL, FAMILIA_BIEN varchar(4) NOT NULL, TIPO_USO
  varchar(1) NOT NULL, TIPO_ACT_PROY varchar(1), CLASIFICADOR varchar(20), ESTADO varchar(1), FECHA_ING datetime,
  USUARIO_ING varchar(15), FECHA_MOD datetime, USUARIO_MOD varchar(15), CLASIFICADOR_ANTIGUO varchar(20), PRIMARY KEY
  (ANO_EJE, FAMILIA_CLASIFICADOR));
CREATE TABLE SIG_FAMILIA_CUENTA (
  ANO_EJE numeric(4,0) NOT NULL, FAMILIA_CUENTA numeric(10,0) NOT NULL, FAMILIA_CLASIFICADOR numeric(10,0), TIPO_BIEN
  varchar(1), GRUPO_BIEN varchar(2), CLASE_BIEN varchar(2), FAMILIA_BIEN varchar(4), TIPO_USO varchar(1),
  TIPO_ACT_PROY varchar(1), CLASIFICADOR varchar(20), MAYOR varchar(4), SUB_CTA varchar(8), SUB_CTA_DET varchar(8),
  INDICADOR varchar(1), ESTADO varchar(1), FECHA_ING datetime, USUARIO_ING varchar(15), FECHA_MOD datetime,
  USUARIO_MOD varchar(15), PRIMARY KEY (ANO_EJE, FAMILIA_CUENTA));
CREATE TABLE PLAN_CTB_MAYOR (
  ANO_EJE numeric(4,0) NOT NULL, MAYOR varchar(4) NOT NULL, NOMBRE varchar(150), FECHA_ING datetime, USUARIO_ING
  varchar(15), FECHA_MOD datetime, USUARIO_MOD varchar(15), ESTADO varchar(1), TIPO_CTB varchar(1), PRIMARY KEY
  (ANO_EJE, MAYOR));
CREATE TABLE PLAN_CTB_SUB_CTA (
  ANO_EJE numeric(4,0) NOT NULL, MAYOR varchar(4) NOT NULL, SUB_CTA varchar(8) NOT NULL, NOMBRE varchar(150), CLASE
  varchar(1), NATURALEZA varchar(1), SOBREGIRO varchar(1), CLASIF_CTA varchar(3), MONETARIA varchar(1), SECCION
  varchar(1), FUENTE_FINANC varchar(2), FECHA_ING datetime, USUARIO_ING varchar(15), FECHA_MOD datetime, USUARIO_MOD
  varchar(15), ESTADO varchar(1), PRIMARY KEY (ANO_EJE, MAYOR, SUB_CTA));
CREATE TABLE SIG_PARAMETRO_EJECUTORA_ANIO (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, cod_maestro varchar(20) NOT NULL, valor varchar(100),
  estado varchar(1), fecha_reg datetime, fecha_maestro datetime, PRIMARY KEY (ANO_EJE, SEC_EJEC, cod_maestro));
CREATE TABLE sig_parametro_anio (
  ano_eje numeric(4,0) NOT NULL, parametro varchar(20) NOT NULL, descripcion varchar(250), valor varchar(20), estado
  varchar(1), PRIMARY KEY (ano_eje, parametro));
CREATE TABLE SIG_PPR_ESTABLECIMIENTO (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, COD_ESTABLEC numeric(6,0) NOT NULL, DESC_ESTABLEC
  varchar(200) NOT NULL, TIPO_ESTABLEC varchar(2) NOT NULL, SECTOR_AMBITO varchar(2) NOT NULL, COD_INTERNO varchar(20)
  NOT NULL, CAD_OPERATIVA varchar(20) NOT NULL, UBIGEO varchar(6) NOT NULL, COD_HIS varchar(20), COD_OGEI varchar(20),
  COD_SISMED varchar(20), COD_SIS varchar(20), CATEGORIA numeric(2,0), FLAG_VALIDA char(1), COD_GESTION varchar(2),
  NRO_AMBIENTE numeric(6,0), FLAG_ENERGIA char(1), ESTADO char(1), INST_TIPO varchar(3), FECHA_REG date, CUSER_ID
  varchar(30), EQUIPO_REG varchar(20), CUSER_MOD varchar(30), FECHA_MOD datetime, EQUIPO_MOD varchar(20), PRIMARY KEY
  (ANO_EJE, SEC_EJEC, COD_ESTABLEC));
CREATE TABLE SIG_PPR_SEDE (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, SEC_ESTABLEC numeric(6,0) NOT NULL, COD_ESTABLEC
  numeric(6,0) NOT NULL, SEDE numeric(4,0), PLIEGO varchar(3) NOT NULL, CUSER_ID varchar(30), FECHA_REG datetime,
  EQUIPO_REG varchar(20), CUSER_MOD varchar(30), FECHA_MOD datetime, EQUIPO_MOD varchar(20), PRIMARY KEY (ANO_EJE,
  SEC_EJEC, SEC_ESTABLEC));
CREATE TABLE ESTRATEGIA_NACIONAL_NOMBRE (
  ANO_EJE numeric(4,0) NOT NULL, ESTRATEGIA_NACIONAL varchar(4) NOT NULL, NOMBRE varchar(250), AMBITO varchar(1),
  ES_PRESUPUESTAL varchar(1), ESTADO varchar(1), FLAG_USO varchar(1), PRIMARY KEY (ANO_EJE, ESTRATEGIA_NACIONAL));

-- C. programación
CREATE TABLE SIG_CUADRO_NECESIDAD (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, CENTRO_COSTO varchar(15) NOT NULL, SECUENCIA
  numeric(10,0) NOT NULL, FASE_CUADRO numeric(1,0) NOT NULL, TIPO_TAREA varchar(1) NOT NULL, NIVEL_TAREA varchar(1)
  NOT NULL, CODIGO_TAREA numeric(10,0) NOT NULL, SEC_FUNC_PROP numeric(4,0), sec_func numeric(4,0), ORIGEN varchar(1),
  FUENTE_FINANC varchar(2), CONCEPTO_GASTO numeric(10,0), CATEG_GASTO varchar(1), GRUPO_GASTO varchar(1), CLASIFICADOR
  varchar(20), TIPO_RECURSO varchar(2), TOTAL_ASIGNADO numeric(14,2), TOTAL_PROGRA numeric(14,2), TOTAL_APROB
  numeric(14,2), TOTAL_MODIF numeric(14,2), MONTO_ASIGNADO numeric(14,2), MONTO_PROGRA numeric(14,2), MONTO_APROB
  numeric(14,2), MONTO_MODIF numeric(14,2), VALOR_IMP_ASIGNADO numeric(14,2), VALOR_IMP_PROGRA numeric(14,2),
  VALOR_IMP_APROB numeric(14,2), VALOR_IMP_MODIF numeric(14,2), TIPO_IMPUESTO varchar(1), FUENTE_IMPTO varchar(2),
  TASA_IMPTO numeric(14,2), FLAG_GASTO varchar(1), TIPO_PPTO numeric(1,0), TIPO_USO varchar(1), EQUIPO_REG
  varchar(20), FECHA_REG datetime, CUSER_ID varchar(30), tipo_operacion varchar(2), operacion numeric(10,0), mayor
  varchar(4), sub_cta varchar(8), sub_cta_det varchar(8), NRO_PLANTILLA numeric(10,0), tipo_bien varchar(1),
  TIPO_ORIGEN_EXTERNO varchar(1), ID_CLASIFICADOR char(7), sec_establec numeric(6,0), sub_finalidad varchar(7),
  flag_origen_cab varchar(1), SECUENCIA_COPIA numeric(6,0), data_origen varchar(4), fase_copia numeric(1,0), bd_copia
  varchar(4), ID_SUB_FINALIDAD numeric(10,0), MONTO_ASIGNADO_ANNO_01 numeric(14,2), MONTO_ASIGNADO_ANNO_02
  numeric(14,2), MONTO_ASIGNADO_ANNO_03 numeric(14,2), MONTO_PROGRA_ANNO_01 numeric(14,2), MONTO_PROGRA_ANNO_02
  numeric(14,2), MONTO_PROGRA_ANNO_03 numeric(14,2), MONTO_APROB_ANNO_01 numeric(14,2), MONTO_APROB_ANNO_02
  numeric(14,2), MONTO_APROB_ANNO_03 numeric(14,2), PRIMARY KEY (ANO_EJE, SEC_EJEC, CENTRO_COSTO, SECUENCIA,
  FASE_CUADRO));
CREATE TABLE SIG_CUADRO_NECESIDAD_DET (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, CENTRO_COSTO varchar(15) NOT NULL, SECUENCIA
  numeric(10,0) NOT NULL, FASE_CUADRO numeric(1,0) NOT NULL, ITEM_SEC numeric(6,0) NOT NULL, TIPO_BIEN varchar(1) NOT
  NULL, GRUPO_BIEN varchar(2) NOT NULL, CLASE_BIEN varchar(2) NOT NULL, FAMILIA_BIEN varchar(4) NOT NULL, ITEM_BIEN
  varchar(4) NOT NULL, DESCRIP_SERVICIO varchar(350), UNIDAD_MEDIDA numeric(3,0), PRECIO_UNIT numeric(16,6), CANT_01
  numeric(14,2), CANT_02 numeric(14,2), CANT_03 numeric(14,2), CANT_04 numeric(14,2), CANT_05 numeric(14,2), CANT_06
  numeric(14,2), CANT_07 numeric(14,2), CANT_08 numeric(14,2), CANT_09 numeric(14,2), CANT_10 numeric(14,2), CANT_11
  numeric(14,2), CANT_12 numeric(14,2), CANT_TOTAL numeric(14,2), MNTO_01 numeric(14,2), MNTO_02 numeric(14,2),
  MNTO_03 numeric(14,2), MNTO_04 numeric(14,2), MNTO_05 numeric(14,2), MNTO_06 numeric(14,2), MNTO_07 numeric(14,2),
  MNTO_08 numeric(14,2), MNTO_09 numeric(14,2), MNTO_10 numeric(14,2), MNTO_11 numeric(14,2), MNTO_12 numeric(14,2),
  MNTO_TOTAL numeric(14,2), STOCK_ASIG numeric(14,2), VALOR_STOCK numeric(14,2), TIPO_IMPTO varchar(1), TASA_IMPTO
  numeric(14,2), FTE_IMPTO varchar(2), VALOR_IMPTO numeric(14,2), ESTADO varchar(1), CANT_HIST numeric(14,2),
  MNTO_HIST numeric(14,2), NRO_CONSOLID numeric(5,0), ESTADO_PAAC varchar(1), NRO_PEDIDO varchar(6), PORC_GASTO
  numeric(14,2), FLAG_GASTO varchar(1), FLAG_MODIF varchar(1), EQUIPO_REG varchar(20), CUSER_ID varchar(30), FECHA_REG
  datetime, flag_migra varchar(1), tipo_origen_externo_det varchar(1), cantidad_unitaria numeric(19,10), porcentaje
  numeric(6,2), ID_KIT numeric(8,0), tipo_calculo numeric(3,0), flag_origen_det varchar(1), ESTADO_ITEM_KIT char(1),
  bd_copia varchar(4), STOCK numeric(15,2), FLAG_PREVISION varchar(1), DOCUM_TIPO varchar(2), DOCUM_NRO varchar(50),
  CANT_OPAGO1 numeric(14,2), CANT_OPAGO2 numeric(14,2), CANT_OPAGO3 numeric(14,2), CANT_PREVISION1 numeric(14,2),
  CANT_PREVISION2 numeric(14,2), CANT_PREVISION3 numeric(14,2), MNTO_OPAGO1 numeric(14,2), MNTO_OPAGO2 numeric(14,2),
  MNTO_OPAGO3 numeric(14,2), MNTO_PREVISION1 numeric(14,2), MNTO_PREVISION2 numeric(14,2), MNTO_PREVISION3
  numeric(14,2), PRECIO_UNIT_OP numeric(16,6), DOCUM_TIPO_PP varchar(2), DOCUM_NRO_PP varchar(50), CANT_OPAGO4
  numeric(14,2), CANT_PREVISION4 numeric(14,2), MNTO_OPAGO4 numeric(14,2), MNTO_PREVISION4 numeric(14,2),
  CANT_01_ANNO_01 numeric(14,2), CANT_02_ANNO_01 numeric(14,2), CANT_03_ANNO_01 numeric(14,2), CANT_04_ANNO_01
  numeric(14,2), CANT_05_ANNO_01 numeric(14,2), CANT_06_ANNO_01 numeric(14,2), CANT_07_ANNO_01 numeric(14,2),
  CANT_08_ANNO_01 numeric(14,2), CANT_09_ANNO_01 numeric(14,2), CANT_10_ANNO_01 numeric(14,2), CANT_11_ANNO_01
  numeric(14,2), CANT_12_ANNO_01 numeric(14,2), CANT_TOTAL_ANNO_01 numeric(14,2), CANT_01_ANNO_02 numeric(14,2),
  CANT_02_ANNO_02 numeric(14,2), CANT_03_ANNO_02 numeric(14,2), CANT_04_ANNO_02 numeric(14,2), CANT_05_ANNO_02
  numeric(14,2), CANT_06_ANNO_02 numeric(14,2), CANT_07_ANNO_02 numeric(14,2), CANT_08_ANNO_02 numeric(14,2),
  CANT_09_ANNO_02 numeric(14,2), CANT_10_ANNO_02 numeric(14,2), CANT_11_ANNO_02 numeric(14,2), CANT_12_ANNO_02
  numeric(14,2), CANT_TOTAL_ANNO_02 numeric(14,2), CANT_01_ANNO_03 numeric(14,2), CANT_02_ANNO_03 numeric(14,2),
  CANT_03_ANNO_03 numeric(14,2), CANT_04_ANNO_03 numeric(14,2), CANT_05_ANNO_03 numeric(14,2), CANT_06_ANNO_03
  numeric(14,2), CANT_07_ANNO_03 numeric(14,2), CANT_08_ANNO_03 numeric(14,2), CANT_09_ANNO_03 numeric(14,2),
  CANT_10_ANNO_03 numeric(14,2), CANT_11_ANNO_03 numeric(14,2), CANT_12_ANNO_03 numeric(14,2), CANT_TOTAL_ANNO_03
  numeric(14,2), MNTO_01_ANNO_01 numeric(14,2), MNTO_02_ANNO_01 numeric(14,2), MNTO_03_ANNO_01 numeric(14,2),
  MNTO_04_ANNO_01 numeric(14,2), MNTO_05_ANNO_01 numeric(14,2), MNTO_06_ANNO_01 numeric(14,2), MNTO_07_ANNO_01
  numeric(14,2), MNTO_08_ANNO_01 numeric(14,2), MNTO_09_ANNO_01 numeric(14,2), MNTO_10_ANNO_01 numeric(14,2),
  MNTO_11_ANNO_01 numeric(14,2), MNTO_12_ANNO_01 numeric(14,2), MNTO_TOTAL_ANNO_01 numeric(14,2), MNTO_01_ANNO_02
  numeric(14,2), MNTO_02_ANNO_02 numeric(14,2), MNTO_03_ANNO_02 numeric(14,2), MNTO_04_ANNO_02 numeric(14,2),
  MNTO_05_ANNO_02 numeric(14,2), MNTO_06_ANNO_02 numeric(14,2), MNTO_07_ANNO_02 numeric(14,2), MNTO_08_ANNO_02
  numeric(14,2), MNTO_09_ANNO_02 numeric(14,2), MNTO_10_ANNO_02 numeric(14,2), MNTO_11_ANNO_02 numeric(14,2),
  MNTO_12_ANNO_02 numeric(14,2), MNTO_TOTAL_ANNO_02 numeric(14,2), MNTO_01_ANNO_03 numeric(14,2), MNTO_02_ANNO_03
  numeric(14,2), MNTO_03_ANNO_03 numeric(14,2), MNTO_04_ANNO_03 numeric(14,2), MNTO_05_ANNO_03 numeric(14,2),
  MNTO_06_ANNO_03 numeric(14,2), MNTO_07_ANNO_03 numeric(14,2), MNTO_08_ANNO_03 numeric(14,2), MNTO_09_ANNO_03
  numeric(14,2), MNTO_10_ANNO_03 numeric(14,2), MNTO_11_ANNO_03 numeric(14,2), MNTO_12_ANNO_03 numeric(14,2),
  MNTO_TOTAL_ANNO_03 numeric(14,2), FLG_MNTO_01_ANNO varchar(1), FLG_MNTO_02_ANNO varchar(1), FLG_MNTO_03_ANNO
  varchar(1), FLG_MNTO_04_ANNO varchar(1), FLG_MNTO_05_ANNO varchar(1), FLG_MNTO_06_ANNO varchar(1), FLG_MNTO_07_ANNO
  varchar(1), FLG_MNTO_08_ANNO varchar(1), FLG_MNTO_09_ANNO varchar(1), FLG_MNTO_10_ANNO varchar(1), FLG_MNTO_11_ANNO
  varchar(1), FLG_MNTO_12_ANNO varchar(1), FLG_MNTO_01_ANNO_01 varchar(1), FLG_MNTO_02_ANNO_01 varchar(1),
  FLG_MNTO_03_ANNO_01 varchar(1), FLG_MNTO_04_ANNO_01 varchar(1), FLG_MNTO_05_ANNO_01 varchar(1), FLG_MNTO_06_ANNO_01
  varchar(1), FLG_MNTO_07_ANNO_01 varchar(1), FLG_MNTO_08_ANNO_01 varchar(1), FLG_MNTO_09_ANNO_01 varchar(1),
  FLG_MNTO_10_ANNO_01 varchar(1), FLG_MNTO_11_ANNO_01 varchar(1), FLG_MNTO_12_ANNO_01 varchar(1), FLG_MNTO_01_ANNO_02
  varchar(1), FLG_MNTO_02_ANNO_02 varchar(1), FLG_MNTO_03_ANNO_02 varchar(1), FLG_MNTO_04_ANNO_02 varchar(1),
  FLG_MNTO_05_ANNO_02 varchar(1), FLG_MNTO_06_ANNO_02 varchar(1), FLG_MNTO_07_ANNO_02 varchar(1), FLG_MNTO_08_ANNO_02
  varchar(1), FLG_MNTO_09_ANNO_02 varchar(1), FLG_MNTO_10_ANNO_02 varchar(1), FLG_MNTO_11_ANNO_02 varchar(1),
  FLG_MNTO_12_ANNO_02 varchar(1), FLG_MNTO_01_ANNO_03 varchar(1), FLG_MNTO_02_ANNO_03 varchar(1), FLG_MNTO_03_ANNO_03
  varchar(1), FLG_MNTO_04_ANNO_03 varchar(1), FLG_MNTO_05_ANNO_03 varchar(1), FLG_MNTO_06_ANNO_03 varchar(1),
  FLG_MNTO_07_ANNO_03 varchar(1), FLG_MNTO_08_ANNO_03 varchar(1), FLG_MNTO_09_ANNO_03 varchar(1), FLG_MNTO_10_ANNO_03
  varchar(1), FLG_MNTO_11_ANNO_03 varchar(1), FLG_MNTO_12_ANNO_03 varchar(1), PRIMARY KEY (ANO_EJE, SEC_EJEC,
  CENTRO_COSTO, SECUENCIA, FASE_CUADRO, ITEM_SEC));
CREATE TABLE sig_cuadro_x_centro (
  ano_eje numeric(4,0) NOT NULL, sec_ejec numeric(6,0) NOT NULL, centro_costo varchar(15) NOT NULL, estado char(1),
  flag_padre char(1), flag_modif char(1), fecha_reg datetime, cuser_id varchar(30), flag_da_prog varchar(1),
  flag_da_aprob varchar(1), PRIMARY KEY (ano_eje, sec_ejec, centro_costo));
CREATE TABLE SIG_TECHO_PRESUPUESTO (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, ORIGEN varchar(1) NOT NULL, FUENTE_FINANC varchar(2)
  NOT NULL, SECUENCIA numeric(8,0) NOT NULL, CATEG_GASTO varchar(1), GRUPO_GASTO varchar(1), CLASIFICADOR varchar(20),
  FUNCION varchar(2), PROGRAMA varchar(3), sec_func numeric(4,0), CENTRO_COSTO varchar(15), PORC_TECHO numeric(6,2),
  PPTO_PROGRA numeric(15,2), PPTO_APROB numeric(15,2), PPTO_ASIGNADO numeric(15,2), PPTO_MODIF numeric(15,2),
  MNTO_PROGRA numeric(15,2), MNTO_ASIG numeric(15,2), MNTO_APROB numeric(15,2), MNTO_MODIF numeric(15,2), INDICADOR
  varchar(1), PAAC_INICIAL numeric(15,2), PAAC_MODIF numeric(15,2), PORC_ASIG numeric(6,2), CUADRE_PPTO_PROGRA
  varchar(1), CUADRE_PPTO_MODIF varchar(1), CUADRE_PPTO_APROB varchar(1), CUADRE_PPTO_ASIGNA varchar(1), PPTO_RESER
  numeric(15,2), EJEC_01 numeric(15,2), EJEC_02 numeric(15,2), EJEC_03 numeric(15,2), EJEC_04 numeric(15,2), EJEC_05
  numeric(15,2), EJEC_06 numeric(15,2), EJEC_07 numeric(15,2), EJEC_08 numeric(15,2), EJEC_09 numeric(15,2), EJEC_10
  numeric(15,2), EJEC_11 numeric(15,2), EJEC_12 numeric(15,2), PPTO_CONTAB numeric(15,2), PPTO_PIA numeric(15,2),
  PPTO_CPIA numeric(15,2), PRE_EJEC_01 numeric(15,2), PRE_EJEC_02 numeric(15,2), PRE_EJEC_03 numeric(15,2),
  PRE_EJEC_04 numeric(15,2), PRE_EJEC_05 numeric(15,2), PRE_EJEC_06 numeric(15,2), PRE_EJEC_07 numeric(15,2),
  PRE_EJEC_08 numeric(15,2), PRE_EJEC_09 numeric(15,2), PRE_EJEC_10 numeric(15,2), PRE_EJEC_11 numeric(15,2),
  PRE_EJEC_12 numeric(15,2), PROYECTO numeric(3,0), COMPONENTE varchar(2), SUB_FUENTE varchar(2), RESER_PAO
  numeric(15,2), RESER_PROCESO numeric(15,2), SEC_FUNC_PROP numeric(4,0), FLAG_META_APROB varchar(1),
  CENTRO_COSTO_PRESUP varchar(15), FONDO numeric(3,0), CODIGO_DESTINO varchar(15), PAAC_AUTORIZADO numeric(15,2),
  PPTO_RESER2 numeric(15,2), FASE_CUADRO numeric(1,0), ID_CLASIFICADOR char(7), TIPO_TAREA varchar(1), NIVEL_TAREA
  varchar(1), CODIGO_TAREA numeric(10,0), PPTO_EST numeric(15,2), PPTO_DEF numeric(15,2), PPTO_SIAF numeric(15,2),
  FECHA_SIAF datetime, PPTO_EJECU numeric(15,2), PPTO_SIGA numeric(15,2), PPTO_DEF_ANUAL numeric(19,2), mnto_acum_cert
  numeric(15,2), mnto_acum_coma numeric(15,2), mnto_acum_comm numeric(15,2), PPTO_DISP_SIAF numeric(15,2),
  MNTO_ACUM_CERT_SIAF numeric(15,2), MNTO_ACUM_COMA_SIAF numeric(15,2), MNTO_ACUM_COMM_SIAF numeric(15,2),
  MNTO_ACUM_DEVGDO_SIGA numeric(15,2), MNTO_SALDO_DEVGDO_SIGA numeric(15,2), MNTO_ACUM_DEVGDO_SIAF numeric(15,2),
  MNTO_RESERVA_PEDIDO numeric(15,2), MNTO_OPAGO numeric(15,2), MNTO_PREVISION numeric(15,2), MNTO_OPAGO2
  numeric(15,2), MNTO_OPAGO3 numeric(15,2), MNTO_OPAGO4 numeric(15,2), MNTO_PREVISION2 numeric(15,2), MNTO_PREVISION3
  numeric(15,2), MNTO_PREVISION4 numeric(15,2), MNTO_ANNO_01 numeric(15,2), MNTO_ANNO_02 numeric(15,2), MNTO_ANNO_03
  numeric(15,2), PPTO_ANNO_01 numeric(15,2), PPTO_ANNO_02 numeric(15,2), PPTO_ANNO_03 numeric(15,2), PRIMARY KEY
  (ANO_EJE, SEC_EJEC, ORIGEN, FUENTE_FINANC, SECUENCIA));
CREATE TABLE sig_techo_presupuestal (
  ano_eje numeric(4,0) NOT NULL, sec_ejec numeric(6,0) NOT NULL, origen varchar(1) NOT NULL, fuente_financ varchar(2)
  NOT NULL, secuencia numeric(8,0) NOT NULL, categ_gasto varchar(1), grupo_gasto varchar(1), clasificador varchar(20),
  funcion varchar(2), programa varchar(3), sec_func numeric(4,0), centro_costo varchar(15), porc_techo numeric(6,2),
  ppto_progra numeric(15,2), ppto_aprob numeric(15,2), ppto_asignado numeric(15,2), ppto_modif numeric(15,2),
  mnto_progra numeric(15,2), mnto_asig numeric(15,2), mnto_aprob numeric(15,2), mnto_modif numeric(15,2), indicador
  varchar(1), paac_inicial numeric(15,2), paac_modif numeric(15,2), porc_asig numeric(6,2), CUADRE_PPTO_PROGRA
  varchar(1), CUADRE_PPTO_MODIF varchar(1), CUADRE_PPTO_APROB varchar(1), CUADRE_PPTO_ASIGNA varchar(1), PPTO_RESER
  numeric(15,2), EJEC_01 numeric(15,2), EJEC_02 numeric(15,2), EJEC_03 numeric(15,2), EJEC_04 numeric(15,2), EJEC_05
  numeric(15,2), EJEC_06 numeric(15,2), EJEC_07 numeric(15,2), EJEC_08 numeric(15,2), EJEC_09 numeric(15,2), EJEC_10
  numeric(15,2), EJEC_11 numeric(15,2), EJEC_12 numeric(15,2), PPTO_CONTAB numeric(15,2), PPTO_PIA numeric(15,2),
  PPTO_CPIA numeric(15,2), PRE_EJEC_01 numeric(15,2), PRE_EJEC_02 numeric(15,2), PRE_EJEC_03 numeric(15,2),
  PRE_EJEC_04 numeric(15,2), PRE_EJEC_05 numeric(15,2), PRE_EJEC_06 numeric(15,2), PRE_EJEC_07 numeric(15,2),
  PRE_EJEC_08 numeric(15,2), PRE_EJEC_09 numeric(15,2), PRE_EJEC_10 numeric(15,2), PRE_EJEC_11 numeric(15,2),
  PRE_EJEC_12 numeric(15,2), PAAC_AUTORIZADO numeric(15,2), PPTO_RESER2 numeric(15,2), PRIMARY KEY (ano_eje, sec_ejec,
  origen, fuente_financ, secuencia));
CREATE TABLE SIG_META_PROPUESTA (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, SEC_FUNC_PROP numeric(4,0) NOT NULL, FASE_CUADRO
  numeric(1,0) NOT NULL, SEC_FUNC numeric(4,0), FUNCION varchar(5), PROGRAMA varchar(5), SUB_PROGRAMA varchar(5),
  ACT_PROY varchar(10), COMPONENTE varchar(10), META varchar(5), FINALIDAD varchar(10), NOMBRE varchar(150), MONTO
  numeric(19,2), CANTIDAD numeric(20,3), UNIDAD_MEDIDA numeric(3,0), PAIS varchar(4), DEPARTAMENTO varchar(2),
  PROVINCIA varchar(2), DISTRITO varchar(2), ESTADO varchar(1), PORC_META numeric(6,2), FLAG_ACT_PROY varchar(1),
  FLAG_ESTRATEGIA varchar(1), ESTRATEGIA_NACIONAL varchar(4), TIPO_TAREA char(1), NIVEL_TAREA char(1), TAREA_GENERAL
  numeric(4,0), SEC_FUNC_REQ numeric(4,0), TIPO_ESTRATEGIA varchar(1), PROGRAMA_INSTITUCIONAL varchar(6), PRIMARY KEY
  (ANO_EJE, SEC_EJEC, SEC_FUNC_PROP, FASE_CUADRO));
CREATE TABLE SIG_METAS_PROP_X_CENTRO (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, CENTRO_COSTO varchar(15) NOT NULL, SECUENCIA
  numeric(3,0) NOT NULL, SEC_FUNC_PROP numeric(4,0), ORIGEN varchar(1), FUENTE_FINANC varchar(2), TIPO_RECURSO
  varchar(2), PORC_GFIJOS numeric(6,2), PORC_TECHO numeric(6,2), CUSER_ID varchar(30), FECHA_REG datetime, FASE_CUADRO
  numeric(1,0), flag_bloqueo_ppr varchar(1), F_CREACION date, PRIMARY KEY (ANO_EJE, SEC_EJEC, CENTRO_COSTO,
  SECUENCIA));
CREATE TABLE SIG_META_CENTRO_TAREA (
  SEC_EJEC numeric(6,0) NOT NULL, ANO_EJE numeric(4,0) NOT NULL, CENTRO_COSTO varchar(15) NOT NULL, TIPO_TAREA char(1)
  NOT NULL, NIVEL_TAREA char(1) NOT NULL, CODIGO_TAREA numeric(10,0) NOT NULL, SECUENCIA numeric(18,0) NOT NULL,
  NRO_FASE numeric(1,0) NOT NULL, TIPO_ORIGEN varchar(1) NOT NULL, CUSER_ID varchar(30), EQUIPO_REG varchar(20) NOT
  NULL, FECHA_REG datetime NOT NULL, CUSER_ACT varchar(30), EQUIPO_ACT varchar(20), FECHA_ACT datetime, PRIMARY KEY
  (SEC_EJEC, ANO_EJE, CENTRO_COSTO, TIPO_TAREA, NIVEL_TAREA, CODIGO_TAREA, SECUENCIA, NRO_FASE));
CREATE TABLE SIG_CUADRO_MODIFICADO (
  SEC_EJEC numeric(6,0) NOT NULL, ANNO_EJEC numeric(4,0) NOT NULL, CENTRO_COSTO varchar(15) NOT NULL, SEC_CUADRO
  numeric(10,0) NOT NULL, CUSER_ID varchar(30) NOT NULL, FECHA_REG datetime NOT NULL, EQUIPO_REG varchar(20) NOT NULL,
  CUSER_MOD varchar(30), FECHA_MOD datetime, EQUIPO_MOD varchar(20), PRIMARY KEY (SEC_EJEC, ANNO_EJEC, CENTRO_COSTO,
  SEC_CUADRO));
CREATE TABLE SIG_CUADRO_MODIFICADO_DET (
  SEC_EJEC numeric(6,0) NOT NULL, ANNO_EJEC numeric(4,0) NOT NULL, CENTRO_COSTO varchar(15) NOT NULL, SEC_CUADRO
  numeric(10,0) NOT NULL, SEC_ITEM numeric(10,0) NOT NULL, ANNO_PROG numeric(4,0) NOT NULL, ESTADO varchar(2) NOT
  NULL, PROCEDENCIA varchar(1) NOT NULL, FLAG_MODIFICADO varchar(1) NOT NULL, FLAG_SOLICITUD varchar(1) NOT NULL,
  MOTIVO_SOLICITUD varchar(1) NOT NULL, FLAG_GASTO varchar(1) NOT NULL, NRO_GASTO numeric(10,0), PORC_GASTO
  numeric(14,2) NOT NULL, PRECIO_REF numeric(16,6) NOT NULL, ORIGEN varchar(1) NOT NULL, FUENTE_FINANC varchar(2) NOT
  NULL, SEC_FUNC numeric(4,0) NOT NULL, TIPO_TAREA char(1) NOT NULL, NIVEL_TAREA char(1) NOT NULL, CODIGO_TAREA
  numeric(10,0) NOT NULL, CLASIFICADOR varchar(20) NOT NULL, TIPO_BIEN varchar(1) NOT NULL, GRUPO_BIEN varchar(2) NOT
  NULL, CLASE_BIEN varchar(2) NOT NULL, FAMILIA_BIEN varchar(4) NOT NULL, ITEM_BIEN varchar(4) NOT NULL, UNIDAD_MEDIDA
  numeric(3,0) NOT NULL, TIPO_USO varchar(1) NOT NULL, PRECIO_UNIT numeric(16,6) NOT NULL, SEC_CUA_MOD_SAL
  numeric(10,0) NOT NULL, FLG_MNTO_01 varchar(1) NOT NULL, FLG_MNTO_02 varchar(1) NOT NULL, FLG_MNTO_03 varchar(1) NOT
  NULL, FLG_MNTO_04 varchar(1) NOT NULL, FLG_MNTO_05 varchar(1) NOT NULL, FLG_MNTO_06 varchar(1) NOT NULL, FLG_MNTO_07
  varchar(1) NOT NULL, FLG_MNTO_08 varchar(1) NOT NULL, FLG_MNTO_09 varchar(1) NOT NULL, FLG_MNTO_10 varchar(1) NOT
  NULL, FLG_MNTO_11 varchar(1) NOT NULL, FLG_MNTO_12 varchar(1) NOT NULL, CANT_01 numeric(20,2) NOT NULL, CANT_02
  numeric(20,2) NOT NULL, CANT_03 numeric(20,2) NOT NULL, CANT_04 numeric(20,2) NOT NULL, CANT_05 numeric(20,2) NOT
  NULL, CANT_06 numeric(20,2) NOT NULL, CANT_07 numeric(20,2) NOT NULL, CANT_08 numeric(20,2) NOT NULL, CANT_09
  numeric(20,2) NOT NULL, CANT_10 numeric(20,2) NOT NULL, CANT_11 numeric(20,2) NOT NULL, CANT_12 numeric(20,2) NOT
  NULL, CANT_TOTAL numeric(20,2) NOT NULL, MNTO_01 numeric(20,2) NOT NULL, MNTO_02 numeric(20,2) NOT NULL, MNTO_03
  numeric(20,2) NOT NULL, MNTO_04 numeric(20,2) NOT NULL, MNTO_05 numeric(20,2) NOT NULL, MNTO_06 numeric(20,2) NOT
  NULL, MNTO_07 numeric(20,2) NOT NULL, MNTO_08 numeric(20,2) NOT NULL, MNTO_09 numeric(20,2) NOT NULL, MNTO_10
  numeric(20,2) NOT NULL, MNTO_11 numeric(20,2) NOT NULL, MNTO_12 numeric(20,2) NOT NULL, MNTO_TOTAL numeric(20,2) NOT
  NULL, CUSER_ID varchar(30) NOT NULL, FECHA_REG datetime NOT NULL, EQUIPO_REG varchar(20) NOT NULL, CUSER_MOD
  varchar(30), FECHA_MOD datetime, EQUIPO_MOD varchar(20), PRIMARY KEY (SEC_EJEC, ANNO_EJEC, CENTRO_COSTO, SEC_CUADRO,
  SEC_ITEM, ANNO_PROG));
CREATE TABLE SIG_CUADRO_MODIFICADO_DET_ORI (
  SEC_EJEC numeric(6,0) NOT NULL, ANNO_EJEC numeric(4,0) NOT NULL, CENTRO_COSTO varchar(15) NOT NULL, SEC_CUADRO
  numeric(10,0) NOT NULL, SEC_ITEM numeric(10,0) NOT NULL, ANNO_PROG numeric(4,0) NOT NULL, TIPO varchar(1) NOT NULL,
  FLG_MNTO_01_INI varchar(1) NOT NULL, FLG_MNTO_02_INI varchar(1) NOT NULL, FLG_MNTO_03_INI varchar(1) NOT NULL,
  FLG_MNTO_04_INI varchar(1) NOT NULL, FLG_MNTO_05_INI varchar(1) NOT NULL, FLG_MNTO_06_INI varchar(1) NOT NULL,
  FLG_MNTO_07_INI varchar(1) NOT NULL, FLG_MNTO_08_INI varchar(1) NOT NULL, FLG_MNTO_09_INI varchar(1) NOT NULL,
  FLG_MNTO_10_INI varchar(1) NOT NULL, FLG_MNTO_11_INI varchar(1) NOT NULL, FLG_MNTO_12_INI varchar(1) NOT NULL,
  CANT_01_INI numeric(20,2) NOT NULL, CANT_02_INI numeric(20,2) NOT NULL, CANT_03_INI numeric(20,2) NOT NULL,
  CANT_04_INI numeric(20,2) NOT NULL, CANT_05_INI numeric(20,2) NOT NULL, CANT_06_INI numeric(20,2) NOT NULL,
  CANT_07_INI numeric(20,2) NOT NULL, CANT_08_INI numeric(20,2) NOT NULL, CANT_09_INI numeric(20,2) NOT NULL,
  CANT_10_INI numeric(20,2) NOT NULL, CANT_11_INI numeric(20,2) NOT NULL, CANT_12_INI numeric(20,2) NOT NULL,
  CANT_TOTAL_INI numeric(20,2) NOT NULL, PRIMARY KEY (SEC_EJEC, ANNO_EJEC, CENTRO_COSTO, SEC_CUADRO, SEC_ITEM,
  ANNO_PROG, TIPO));
CREATE TABLE SIG_CUADRO_MODIFICADO_SALDO (
  SEC_EJEC numeric(6,0) NOT NULL, ANNO_EJEC numeric(4,0) NOT NULL, SEC_CUA_MOD_SAL numeric(10,0) NOT NULL, CANT_01
  numeric(20,2) NOT NULL, CANT_01_SC numeric(20,2) NOT NULL, CANT_01_CMN numeric(20,6) NOT NULL, CANT_02 numeric(20,2)
  NOT NULL, CANT_02_SC numeric(20,2) NOT NULL, CANT_02_CMN numeric(20,6) NOT NULL, CANT_03 numeric(20,2) NOT NULL,
  CANT_03_SC numeric(20,2) NOT NULL, CANT_03_CMN numeric(20,6) NOT NULL, CANT_04 numeric(20,2) NOT NULL, CANT_04_SC
  numeric(20,2) NOT NULL, CANT_04_CMN numeric(20,6) NOT NULL, CANT_05 numeric(20,2) NOT NULL, CANT_05_SC numeric(20,2)
  NOT NULL, CANT_05_CMN numeric(20,6) NOT NULL, CANT_06 numeric(20,2) NOT NULL, CANT_06_SC numeric(20,2) NOT NULL,
  CANT_06_CMN numeric(20,6) NOT NULL, CANT_07 numeric(20,2) NOT NULL, CANT_07_SC numeric(20,2) NOT NULL, CANT_07_CMN
  numeric(20,6) NOT NULL, CANT_08 numeric(20,2) NOT NULL, CANT_08_SC numeric(20,2) NOT NULL, CANT_08_CMN numeric(20,6)
  NOT NULL, CANT_09 numeric(20,2) NOT NULL, CANT_09_SC numeric(20,2) NOT NULL, CANT_09_CMN numeric(20,6) NOT NULL,
  CANT_10 numeric(20,2) NOT NULL, CANT_10_SC numeric(20,2) NOT NULL, CANT_10_CMN numeric(20,6) NOT NULL, CANT_11
  numeric(20,2) NOT NULL, CANT_11_SC numeric(20,2) NOT NULL, CANT_11_CMN numeric(20,6) NOT NULL, CANT_12 numeric(20,2)
  NOT NULL, CANT_12_SC numeric(20,2) NOT NULL, CANT_12_CMN numeric(20,6) NOT NULL, CANT_TOTAL_ORI numeric(20,2) NOT
  NULL, CANT_TOTAL numeric(20,2) NOT NULL, CANT_TOTAL_SC numeric(20,2) NOT NULL, CANT_TOTAL_CMN numeric(20,6) NOT
  NULL, PRIMARY KEY (SEC_EJEC, ANNO_EJEC, SEC_CUA_MOD_SAL));
CREATE TABLE SIG_CUADRO_MODIFICADO_CMN (
  SEC_EJEC numeric(6,0) NOT NULL, ANNO_EJEC numeric(4,0) NOT NULL, SEC_CUA_MOD_SAL numeric(10,0) NOT NULL,
  TIPO_CONSOLID char(1) NOT NULL, NRO_CONSOLID numeric(5,0) NOT NULL, TIPO_GENERACION char(1) NOT NULL, TIPO_BIEN
  varchar(1) NOT NULL, SEC_CONSOLID numeric(2,0) NOT NULL, SEC_RESUMEN numeric(5,0) NOT NULL, SEC_META int NOT NULL,
  SEC_CTRO_COSTO numeric(5,0) NOT NULL, PRIMARY KEY (SEC_EJEC, ANNO_EJEC, SEC_CUA_MOD_SAL, TIPO_CONSOLID,
  NRO_CONSOLID, TIPO_GENERACION, TIPO_BIEN, SEC_CONSOLID, SEC_RESUMEN, SEC_META, SEC_CTRO_COSTO));
CREATE TABLE SIG_SOLICITUD_MODIFICACION (
  SEC_EJEC numeric(6,0) NOT NULL, ANNO_EJEC numeric(4,0) NOT NULL, CENTRO_COSTO varchar(15) NOT NULL, SEC_SOL_MOD
  numeric(10,0) NOT NULL, ESTADO varchar(1) NOT NULL, FECHA datetime NOT NULL, GLOSA varchar(500), CUSER_ID
  varchar(30) NOT NULL, FECHA_REG datetime NOT NULL, EQUIPO_REG varchar(20) NOT NULL, CUSER_MOD varchar(30), FECHA_MOD
  datetime, EQUIPO_MOD varchar(20), PRIMARY KEY (SEC_EJEC, ANNO_EJEC, CENTRO_COSTO, SEC_SOL_MOD));
CREATE TABLE SIG_SOLICITUD_MODIFICACION_DET (
  SEC_EJEC numeric(6,0) NOT NULL, ANNO_EJEC numeric(4,0) NOT NULL, CENTRO_COSTO varchar(15) NOT NULL, SEC_SOL_MOD
  numeric(10,0) NOT NULL, SEC_SOL_MOD_DET numeric(10,0) NOT NULL, SEC_CUADRO numeric(10,0) NOT NULL, SEC_ITEM
  numeric(10,0) NOT NULL, ANNO_PROG numeric(4,0) NOT NULL, MOTIVO varchar(1) NOT NULL, PRECIO_UNIT numeric(16,6) NOT
  NULL, CANT_01 numeric(16,2) NOT NULL, CANT_02 numeric(16,2) NOT NULL, CANT_03 numeric(16,2) NOT NULL, CANT_04
  numeric(16,2) NOT NULL, CANT_05 numeric(16,2) NOT NULL, CANT_06 numeric(16,2) NOT NULL, CANT_07 numeric(16,2) NOT
  NULL, CANT_08 numeric(16,2) NOT NULL, CANT_09 numeric(16,2) NOT NULL, CANT_10 numeric(16,2) NOT NULL, CANT_11
  numeric(16,2) NOT NULL, CANT_12 numeric(16,2) NOT NULL, FLAG_MNTO_INI varchar(12) NOT NULL, CANT_01_INI
  numeric(16,2) NOT NULL, CANT_02_INI numeric(16,2) NOT NULL, CANT_03_INI numeric(16,2) NOT NULL, CANT_04_INI
  numeric(16,2) NOT NULL, CANT_05_INI numeric(16,2) NOT NULL, CANT_06_INI numeric(16,2) NOT NULL, CANT_07_INI
  numeric(16,2) NOT NULL, CANT_08_INI numeric(16,2) NOT NULL, CANT_09_INI numeric(16,2) NOT NULL, CANT_10_INI
  numeric(16,2) NOT NULL, CANT_11_INI numeric(16,2) NOT NULL, CANT_12_INI numeric(16,2) NOT NULL, CUSER_ID varchar(30)
  NOT NULL, FECHA_REG datetime NOT NULL, EQUIPO_REG varchar(20) NOT NULL, PRIMARY KEY (SEC_EJEC, ANNO_EJEC,
  CENTRO_COSTO, SEC_SOL_MOD, SEC_SOL_MOD_DET));
CREATE TABLE SIG_DOCUMENTO_ESTADO (
  SEC_EJEC numeric(6,0) NOT NULL, SEC_DOC_EST numeric(10,0) NOT NULL, ESTADO varchar(1) NOT NULL, FLAG_ULT_MOV
  varchar(1) NOT NULL, FECHA datetime NOT NULL, OBSERVACION varchar(500), CUSER_ID varchar(30) NOT NULL, FECHA_REG
  datetime NOT NULL, EQUIPO_REG varchar(20) NOT NULL, SOL_ANNO_EJEC numeric(4,0), SOL_CC varchar(15), SEC_SOL_MOD
  numeric(10,0), SOL_GRU_ANNO_EJEC numeric(4,0), SOL_GRU_SEC numeric(10,0), PRIMARY KEY (SEC_EJEC, SEC_DOC_EST,
  ESTADO));
CREATE TABLE SIG_PAAC_CONSOLIDADO (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, TIPO_CONSOLID char(1) NOT NULL, NRO_CONSOLID
  numeric(5,0) NOT NULL, TIPO_GENERACION char(1) NOT NULL, ESTADO char(1), MES_INICIAL varchar(2), MES_FINAL
  varchar(2), FECHA_CONS datetime, TIPO_BIEN varchar(1), NRO_PAAC varchar(4), FLAG_PAAC varchar(1), TIPO_CIIU
  varchar(1), CATEGORIA_CIIU varchar(2), GRUPO_CIIU varchar(2), TIPO_PROCESO varchar(2), MES_PROPUESTO varchar(2),
  OBJETO varchar(2), ESPEC_TECNICAS varchar(100), MONEDA varchar(6), VALOR_MONEDA numeric(20,2), VALOR_PLAN
  numeric(20,2), TIPO_CAMBIO numeric(10,6), FECHA_TCAMBIO datetime, TIPO_COMPRA varchar(1), MODAL_COMPRA varchar(2),
  NIVEL_DESCENT varchar(100), PAIS varchar(4), DEPARTAMENTO varchar(2), PROVINCIA varchar(2), DISTRITO varchar(2),
  SECU_EJE2 numeric(6,0), SECU_EJE3 numeric(6,0), NRO_SEC_RESOL numeric(2,0), FECHA_ACT datetime, OBSERVACIONES
  varchar(100), NRO_GENER_CONSOLID numeric(5,0), FECHA_REG datetime, CUSER_ID varchar(30), EQUIPO_REG varchar(20),
  tipo_organismo varchar(2), PRECEDENTE varchar(1), GRUPO_BIEN varchar(2), CLASE_BIEN varchar(2), FAMILIA_BIEN
  varchar(4), UNIDAD_MEDIDA numeric(3,0), CANTIDAD numeric(6,0), CONVOCACION_PROCESO varchar(1), ORGANO_CONVOCACION
  varchar(60), TIPO_PROCESO_OLD varchar(2), VERIFICA_PPTO varchar(1), FECHA_VERIFICA_PPTO datetime, fecha_resol
  datetime, fecha_autoriza datetime, cuser_autoriza varchar(30), nro_autoriza numeric(6,0), requerimiento
  varchar(100), documento varchar(100), folio1 numeric(5,0), folio2 numeric(5,0), folio3 numeric(5,0),
  estado_reprogramacion varchar(1), NRO_CONSOLID_ORG numeric(5,0), valor_plan_old numeric(20,2), sec_cuadro_ini
  numeric(6,0), FLAG_INCLUYE varchar(1), NRO_EST_MDO numeric(6,0), FECHA_EST_MDO datetime, ESTADO_EST_MDO char(1),
  GLOSA_EST_MDO varchar(255), MES_EST_MDO varchar(2), C_USER_EST_MDO varchar(30), modalidad_csc varchar(2), FLAG_PSA
  varchar(1), EMPLEADO varchar(15), NRO_CERTIFICA numeric(10,0), EXP_SIGA numeric(10,0), EXP_SIAF numeric(10,0),
  TIPO_EJEC varchar(2), FECHA_TIPO_EJEC datetime, FLAG_AUTO_EJEC varchar(1), FLAG_ORIGEN varchar(1),
  DIFUSION_PAAC_OSCE varchar(1), NOMBRE_PRECEDENTE varchar(100), FLAG_CONCLUIDO varchar(1), IND_PROY char(1),
  PROVEEDOR numeric(5,0), FECHA_MOD datetime, CUSER_MOD varchar(30), EQUIPO_MOD varchar(20), REG_ESPECIAL varchar(2),
  COD_SNIP varchar(20), DOC_VIA_SNIP varchar(100), TIPO_CONTRATACION varchar(2), TIPO_PROCESO_ORIG varchar(2),
  FLAG_TIPO_CERT varchar(1), PRIMARY KEY (ANO_EJE, SEC_EJEC, TIPO_CONSOLID, NRO_CONSOLID, TIPO_GENERACION));
CREATE TABLE SIG_PAAC_SECUENCIA (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, TIPO_CONSOLID char(1) NOT NULL, NRO_CONSOLID
  numeric(5,0) NOT NULL, TIPO_GENERACION char(1) NOT NULL, TIPO_BIEN varchar(1) NOT NULL, SEC_CONSOLID numeric(2,0)
  NOT NULL, ANO_PROCESO numeric(4,0), MES_INICIAL varchar(2), MES_FINAL varchar(2), MES_PROPUESTO varchar(2), OBJETO
  varchar(2), ESPECIF_TECNICA varchar(100), FECHA_REG datetime, CUSER_ID varchar(30), EQUIPO_REG varchar(20), PRIMARY
  KEY (ANO_EJE, SEC_EJEC, TIPO_CONSOLID, NRO_CONSOLID, TIPO_GENERACION, TIPO_BIEN, SEC_CONSOLID));
CREATE TABLE SIG_PAAC_ITEM (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, TIPO_CONSOLID char(1) NOT NULL, NRO_CONSOLID
  numeric(5,0) NOT NULL, TIPO_GENERACION char(1) NOT NULL, TIPO_BIEN varchar(1) NOT NULL, SEC_CONSOLID numeric(2,0)
  NOT NULL, SEC_RESUMEN numeric(5,0) NOT NULL, GRUPO_BIEN varchar(2), CLASE_BIEN varchar(2), FAMILIA_BIEN varchar(4),
  ITEM_BIEN varchar(4), MES_01 numeric(20,6), MES_02 numeric(20,6), MES_03 numeric(20,6), MES_04 numeric(20,6), MES_05
  numeric(20,6), MES_06 numeric(20,6), MES_07 numeric(20,6), MES_08 numeric(20,6), MES_09 numeric(20,6), MES_10
  numeric(20,6), MES_11 numeric(20,6), MES_12 numeric(20,6), CANTIDAD numeric(20,6), UNIDAD_MEDIDA numeric(3,0),
  FECHA_PRECIO datetime, MONEDA varchar(6), TIPO_CAMBIO numeric(10,6), PRECIO_UNIT numeric(16,6), VALOR numeric(20,2),
  PRECIO_MONEDA numeric(16,6), VALOR_MONEDA numeric(20,2), CANTIDAD_USO numeric(20,6), UNIDAD_USO numeric(3,0),
  PRECIO_USO numeric(16,6), FACTOR_UNIDAD numeric(5,0), PRESENTACION numeric(5,0), FECHA_REG datetime, CUSER_ID
  varchar(30), EQUIPO_REG varchar(20), indicador varchar(1), SECUENCIA numeric(5,0), MONTO_CRITERIO numeric(20,6),
  OBSERVACION varchar(255), UNIDAD_MEDIDA_OSCE numeric(3,0), GRUPO_BIEN_OSCE varchar(2), ITEM_BIEN_OSCE varchar(8),
  SEC_KIT numeric(10,0), PRIMARY KEY (ANO_EJE, SEC_EJEC, TIPO_CONSOLID, NRO_CONSOLID, TIPO_GENERACION, TIPO_BIEN,
  SEC_CONSOLID, SEC_RESUMEN));
CREATE TABLE SIG_PAAC_METAS (
  ANO_EJE numeric(4,0) NOT NULL, sec_ejec numeric(6,0) NOT NULL, TIPO_CONSOLID char(1) NOT NULL, NRO_CONSOLID
  numeric(5,0) NOT NULL, TIPO_GENERACION char(1) NOT NULL, TIPO_BIEN varchar(1) NOT NULL, SEC_CONSOLID numeric(2,0)
  NOT NULL, SEC_RESUMEN numeric(5,0) NOT NULL, SEC_META int NOT NULL, sec_func numeric(4,0), ORIGEN varchar(1),
  FUENTE_FINANC varchar(2), TIPO_RECURSO varchar(2), CLASIFICADOR varchar(20), MES_01 numeric(20,6), MES_02
  numeric(20,6), MES_03 numeric(20,6), MES_04 numeric(20,6), MES_05 numeric(20,6), MES_06 numeric(20,6), MES_07
  numeric(20,6), MES_08 numeric(20,6), MES_09 numeric(20,6), MES_10 numeric(20,6), MES_11 numeric(20,6), MES_12
  numeric(20,6), CANTIDAD numeric(20,6), VALOR numeric(20,2), TIPO_IMPTO varchar(1), FTE_FTO_IMPTO varchar(2),
  TASA_IMPTO numeric(9,2), VALOR_IMPTO numeric(20,2), VALOR_MONEDA numeric(20,2), VALOR_IMPTO_MONEDA numeric(20,2),
  FECHA_REG datetime, CUSER_ID varchar(30), EQUIPO_REG varchar(20), SEC_EJEC2 numeric(6,0), ROL_ENCARGO char(1),
  NRO_CONVENIO numeric(6,0), FLAG_TESORO char(1), EXPEDIENTE numeric(10,0), SEC_FUNC_ENCARGO numeric(4,0),
  TIPO_ENTIDAD char(1), ID_CLASIFICADOR char(7), origen_ppr varchar(1), meta_fisica numeric(20,3), PRIMARY KEY
  (ANO_EJE, sec_ejec, TIPO_CONSOLID, NRO_CONSOLID, TIPO_GENERACION, TIPO_BIEN, SEC_CONSOLID, SEC_RESUMEN, SEC_META));
CREATE TABLE SIG_PAAC_CENTRO_COSTO (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, TIPO_CONSOLID char(1) NOT NULL, NRO_CONSOLID
  numeric(5,0) NOT NULL, TIPO_GENERACION char(1) NOT NULL, TIPO_BIEN varchar(1) NOT NULL, SEC_CONSOLID numeric(2,0)
  NOT NULL, SEC_RESUMEN numeric(5,0) NOT NULL, SEC_META int NOT NULL, SEC_CTRO_COSTO numeric(5,0) NOT NULL,
  CENTRO_COSTO varchar(15), TIPO_TAREA char(1), NIVEL_TAREA char(1), CODIGO_TAREA numeric(10,0), MES_01 numeric(20,6),
  MES_02 numeric(20,6), MES_03 numeric(20,6), MES_04 numeric(20,6), MES_05 numeric(20,6), MES_06 numeric(20,6), MES_07
  numeric(20,6), MES_08 numeric(20,6), MES_09 numeric(20,6), MES_10 numeric(20,6), MES_11 numeric(20,6), MES_12
  numeric(20,6), CANTIDAD numeric(20,6), VALOR numeric(20,2), TIPO_IMPTO varchar(1), TASA_IMPTO numeric(9,2),
  FTE_FTO_IMPTO varchar(2), VALOR_IMPTO numeric(20,2), VALOR_MONEDA numeric(20,2), VALOR_IMPTO_MONEDA numeric(20,2),
  FECHA_REG datetime, CUSER_ID varchar(30), EQUIPO_REG varchar(20), tipo_pedido varchar(1), nro_pedido varchar(6),
  FLAG_ORIGEN varchar(1), TIPO_USO varchar(1), MAYOR varchar(4), SUB_CTA_DET varchar(8), FLAG_MES_01 varchar(1) NOT
  NULL, FLAG_MES_02 varchar(1) NOT NULL, FLAG_MES_03 varchar(1) NOT NULL, FLAG_MES_04 varchar(1) NOT NULL, FLAG_MES_05
  varchar(1) NOT NULL, FLAG_MES_06 varchar(1) NOT NULL, FLAG_MES_07 varchar(1) NOT NULL, FLAG_MES_08 varchar(1) NOT
  NULL, FLAG_MES_09 varchar(1) NOT NULL, FLAG_MES_10 varchar(1) NOT NULL, FLAG_MES_11 varchar(1) NOT NULL, FLAG_MES_12
  varchar(1) NOT NULL, PRIMARY KEY (ANO_EJE, SEC_EJEC, TIPO_CONSOLID, NRO_CONSOLID, TIPO_GENERACION, TIPO_BIEN,
  SEC_CONSOLID, SEC_RESUMEN, SEC_META, SEC_CTRO_COSTO));
CREATE TABLE SIG_CAT_BIEN_SERV_PRECIO_FASE (
  SEC_EJEC numeric(6,0) NOT NULL, ANO_EJE numeric(4,0) NOT NULL, TIPO_BIEN varchar(1) NOT NULL, GRUPO_BIEN varchar(2)
  NOT NULL, CLASE_BIEN varchar(2) NOT NULL, FAMILIA_BIEN varchar(4) NOT NULL, ITEM_BIEN varchar(4) NOT NULL, FASE
  numeric(1,0) NOT NULL, PRECIO_REF numeric(16,6), UNIDAD_MEDIDA numeric(3,0), FECHA_REG datetime, ESTADO varchar(1),
  CUSER_ID varchar(30), EQUIPO_REG varchar(20), INDICADOR varchar(1), FECHA_REF datetime, CUSER_MODIF varchar(30),
  FLAG_PROC_CN varchar(1), precio_ref_origen numeric(16,6), flag_proc varchar(1), flag_cambio varchar(1), flag_pase
  varchar(1), PRIMARY KEY (SEC_EJEC, ANO_EJE, TIPO_BIEN, GRUPO_BIEN, CLASE_BIEN, FAMILIA_BIEN, ITEM_BIEN, FASE));
CREATE TABLE SIG_PPR_CUADRO_NECESIDAD (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, CENTRO_COSTO varchar(15) NOT NULL, SECUENCIA
  numeric(10,0) NOT NULL, FASE_CUADRO numeric(1,0) NOT NULL, TIPO_TAREA varchar(1) NOT NULL, NIVEL_TAREA varchar(1)
  NOT NULL, CODIGO_TAREA numeric(10,0) NOT NULL, SEC_FUNC_PROP numeric(4,0), sec_func numeric(4,0), ORIGEN varchar(1),
  FUENTE_FINANC varchar(2), CONCEPTO_GASTO numeric(10,0), CATEG_GASTO varchar(1), GRUPO_GASTO varchar(1), CLASIFICADOR
  varchar(20), TIPO_RECURSO varchar(2), TOTAL_ASIGNADO numeric(14,2), TOTAL_PROGRA numeric(14,2), TOTAL_APROB
  numeric(14,2), TOTAL_MODIF numeric(14,2), MONTO_ASIGNADO numeric(14,2), MONTO_PROGRA numeric(14,2), MONTO_APROB
  numeric(14,2), MONTO_MODIF numeric(14,2), VALOR_IMP_ASIGNADO numeric(14,2), VALOR_IMP_PROGRA numeric(14,2),
  VALOR_IMP_APROB numeric(14,2), VALOR_IMP_MODIF numeric(14,2), TIPO_IMPUESTO varchar(1), FUENTE_IMPTO varchar(2),
  TASA_IMPTO numeric(14,2), FLAG_GASTO varchar(1), TIPO_PPTO numeric(1,0), TIPO_USO varchar(1), EQUIPO_REG
  varchar(20), FECHA_REG datetime, CUSER_ID varchar(30), tipo_operacion varchar(2), operacion numeric(10,0), mayor
  varchar(2), sub_cta varchar(8), sub_cta_det varchar(8), NRO_PLANTILLA numeric(10,0), tipo_bien varchar(1),
  TIPO_ORIGEN_EXTERNO varchar(1), ID_CLASIFICADOR char(7), SEC_ESTABLEC numeric(6,0), SUB_FINALIDAD varchar(7),
  FLAG_ORIGEN_CAB varchar(1), ID_SUB_FINALIDAD numeric(10,0), PRIMARY KEY (ANO_EJE, SEC_EJEC, CENTRO_COSTO, SECUENCIA,
  FASE_CUADRO));
CREATE TABLE SIG_PPR_CUADRO_NECESIDAD_DET (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, CENTRO_COSTO varchar(15) NOT NULL, SECUENCIA
  numeric(10,0) NOT NULL, FASE_CUADRO numeric(1,0) NOT NULL, ITEM_SEC numeric(6,0) NOT NULL, TIPO_BIEN varchar(1) NOT
  NULL, GRUPO_BIEN varchar(2) NOT NULL, CLASE_BIEN varchar(2) NOT NULL, FAMILIA_BIEN varchar(4) NOT NULL, ITEM_BIEN
  varchar(4) NOT NULL, DESCRIP_SERVICIO varchar(350), UNIDAD_MEDIDA numeric(3,0), PRECIO_UNIT numeric(16,6), CANT_01
  numeric(14,2), CANT_02 numeric(14,2), CANT_03 numeric(14,2), CANT_04 numeric(14,2), CANT_05 numeric(14,2), CANT_06
  numeric(14,2), CANT_07 numeric(14,2), CANT_08 numeric(14,2), CANT_09 numeric(14,2), CANT_10 numeric(14,2), CANT_11
  numeric(14,2), CANT_12 numeric(14,2), CANT_TOTAL numeric(14,2), MNTO_01 numeric(14,2), MNTO_02 numeric(14,2),
  MNTO_03 numeric(14,2), MNTO_04 numeric(14,2), MNTO_05 numeric(14,2), MNTO_06 numeric(14,2), MNTO_07 numeric(14,2),
  MNTO_08 numeric(14,2), MNTO_09 numeric(14,2), MNTO_10 numeric(14,2), MNTO_11 numeric(14,2), MNTO_12 numeric(14,2),
  MNTO_TOTAL numeric(14,2), STOCK_ASIG numeric(14,2), VALOR_STOCK numeric(14,2), TIPO_IMPTO varchar(1), TASA_IMPTO
  numeric(14,2), FTE_IMPTO varchar(2), VALOR_IMPTO numeric(14,2), ESTADO varchar(1), CANT_HIST numeric(14,2),
  MNTO_HIST numeric(14,2), NRO_CONSOLID numeric(5,0), ESTADO_PAAC varchar(1), NRO_PEDIDO varchar(6), PORC_GASTO
  numeric(14,2), FLAG_GASTO varchar(1), FLAG_MODIF varchar(1), EQUIPO_REG varchar(20), CUSER_ID varchar(30), FECHA_REG
  datetime, FLAG_MIGRA varchar(1), TIPO_ORIGEN_EXTERNO_DET varchar(1), CANTIDAD_UNITARIA numeric(10,6), PORCENTAJE
  numeric(6,2), ESTADO_ITEM_KIT char(1), ID_KIT numeric(10,0), TIPO_CALCULO numeric(5,0), FLAG_ORIGEN_DET varchar(1),
  PRIMARY KEY (ANO_EJE, SEC_EJEC, CENTRO_COSTO, SECUENCIA, FASE_CUADRO, ITEM_SEC));
CREATE TABLE SIG_PPR_CIERRE_FASE (
  ANO_EJE numeric(5,0) NOT NULL, SEC_EJEC numeric(5,0) NOT NULL, NRO_FASE numeric(5,0) NOT NULL, ESTADO char(1) NOT
  NULL, PRIMARY KEY (ANO_EJE, SEC_EJEC, NRO_FASE));
CREATE TABLE SIG_REP_FASE_CIERRE (
  NRO_REP numeric(18,0) NOT NULL, ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, SEC_REP numeric(18,0)
  NOT NULL, FASE numeric(1,0) NOT NULL, TIPO varchar(1), CENTRO_COSTO varchar(15), ORIGEN varchar(1), FUENTE_FINANC
  varchar(2), CATEG_GASTO varchar(1), GRUPO_GASTO varchar(1), CLASIFICADOR varchar(20), SEC_FUNC numeric(4,0),
  MONTO_PPTO numeric(18,2), MONTO_CN numeric(18,2), PRIMARY KEY (NRO_REP, ANO_EJE, SEC_EJEC, SEC_REP));

-- D. requerimiento y contratación
CREATE TABLE SIG_PEDIDOS (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, TIPO_BIEN varchar(1) NOT NULL, TIPO_PEDIDO char(1)
  NOT NULL, NRO_PEDIDO varchar(6) NOT NULL, CODIGO_DESTINO varchar(15), CENTRO_COSTO varchar(15), NRO_ENCARGO
  numeric(6,0), SEC_EJEC2 numeric(6,0), FECHA_PEDIDO datetime, MOTIVO_PEDIDO text, EMPLEADO varchar(15), TIPO_PPTO
  numeric(1,0), sec_func numeric(4,0), ACT_PROY varchar(7), TIPO_TAREA char(1), NIVEL_TAREA char(1), CODIGO_TAREA
  numeric(10,0), ESTADO char(1), FECHA_APROB datetime, FECHA_ATENC datetime, TIPO_USO varchar(1), MES_PEDIDO char(2),
  ORIGEN varchar(1), FUENTE_FINANC varchar(2), INDICADOR_PEDIDO char(1), NOMBRE_EMPLEADO varchar(80), MONEDA
  varchar(6), CUSER_DASA varchar(30), CUSER_ID varchar(30), FECHA_REG datetime, EQUIPO_REG varchar(20), fuente_fto
  varchar(2), origen_fto varchar(1), tipo_recurso varchar(2), tipo_consumo varchar(2), indicador_interfase char(1),
  expediente varchar(10), TIPO_DESTINO varchar(1), SEC_DESTINO numeric(4,0), NRO_PEDIDO_RELA varchar(6), FLAG_PAD
  varchar(1), CONSUMO_INTERFASE varchar(2), ALMACEN_DEST varchar(3), SEC_ALMACEN_DEST varchar(3), INDICADOR_RECIBIDO
  char(1), FECHA_RECEPCION datetime, ORIGEN_PPR varchar(1), META_FISICA numeric(15,0), FLAG_PEDIDO_VALIDA varchar(1),
  cuser_id_vb varchar(30), fecha_reg_vb datetime, equipo_reg_vb varchar(20), empleado_vb varchar(15), flag_firma_digi
  varchar(1), FECHA_MOD datetime, CUSER_MOD varchar(30), EQUIPO_MOD varchar(20), FLAG_PED_PECOSA varchar(1),
  FLAG_EXP_DATO varchar(1), EMPLEADO_PECOSA varchar(15), PROCEDENCIA varchar(1), NRO_REQUERIM numeric(5,0), PRIMARY
  KEY (ANO_EJE, SEC_EJEC, TIPO_BIEN, TIPO_PEDIDO, NRO_PEDIDO));
CREATE TABLE SIG_DETALLE_PEDIDOS (
  ANO_EJE numeric(4,0) NOT NULL, sec_ejec numeric(6,0) NOT NULL, TIPO_BIEN varchar(1) NOT NULL, TIPO_PEDIDO char(1)
  NOT NULL, NRO_PEDIDO varchar(6) NOT NULL, SECUENCIA numeric(4,0) NOT NULL, GRUPO_BIEN varchar(2) NOT NULL,
  CLASE_BIEN varchar(2) NOT NULL, FAMILIA_BIEN varchar(4) NOT NULL, ITEM_BIEN varchar(4) NOT NULL, UNIDAD_MEDIDA
  numeric(3,0), CODIGO_ACTIVO varchar(12), ALMACEN varchar(3), SEC_ALMACEN varchar(3), CANT_SOLICITADA numeric(20,6),
  CANT_APROBADA numeric(20,6), CANT_ATENDIDA numeric(20,6), PRECIO_UNIT numeric(16,6), VALOR_TOTAL numeric(16,2),
  ESTADO_PED char(1), ESTADO_ATEND char(1), ESTADO_CONFOR char(1), FECHA_PECOSA datetime, FECHA_APROB datetime,
  FECHA_CONFOR datetime, OPERACION numeric(10,0), CLASIFICADOR varchar(20), MAYOR varchar(4), SUB_CTA varchar(8),
  TIPO_DESTINO varchar(2), MODAL_DESTINO varchar(2), FLAG_DESTINO varchar(1), NRO_PECOSA numeric(6,0), NRO_ORDEN
  numeric(7,0), NRO_CUADRO numeric(6,0), FECHA_CUADRO datetime, ESTADO_COMPRA char(1), ESTADO_PROG char(1), CUSER_DASA
  varchar(30), CUSER_ID varchar(30), EQUIPO_REG varchar(20), FECHA_REG datetime, FLAG_CAJA varchar(1),
  monto_mensual_snp numeric(16,2), nro_meses_snp numeric(16,2), fecha_inicio_snp datetime, cargo varchar(5),
  fecha_fin_snp datetime, proveedor numeric(5,0), flag_personalisimo char(1), flag_informe_tecnico char(1),
  NRO_DIAS_SNP numeric(4,0), ID_CLASIFICADOR char(7), JUSTIFICACION varchar(250), TIPO_ORDEN varchar(1),
  FLAG_PEDIDO_OT varchar(1), FLAG_PROC_OT varchar(1), KIT_EQUIVALENTE varchar(1), CENTRO_COSTO varchar(15), SEC_CUADRO
  numeric(10,0), SEC_ITEM numeric(10,0), ANNO_PROG numeric(4,0), SEC_CUA_MOD_SAL numeric(10,0), PRIMARY KEY (ANO_EJE,
  sec_ejec, TIPO_BIEN, TIPO_PEDIDO, NRO_PEDIDO, SECUENCIA));
CREATE TABLE SIG_SOLICITUD_COTIZACION (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, TIPO_CONSOLID char(1) NOT NULL, NRO_CONSOLID
  numeric(5,0) NOT NULL, TIPO_GENERACION char(1) NOT NULL, NRO_SOLICITUD numeric(6,0) NOT NULL, PROVEEDOR
  numeric(5,0), FECHA_SOLICITUD datetime, FECHA_REG datetime, C_USER_ID varchar(30), EQUIPO_REG varchar(20),
  ESTADO_SOLICITUD char(1), tipo_bien char(1), FLAG_COTIZACION char(1), PRECIO_UNIT numeric(16,6), COD_FUENTE
  varchar(2), FECHA_COTIZA datetime, PRIMARY KEY (ANO_EJE, SEC_EJEC, TIPO_CONSOLID, NRO_CONSOLID, TIPO_GENERACION,
  NRO_SOLICITUD));
CREATE TABLE SIG_SOLICITUD_COTIZACION_ITEM (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, TIPO_CONSOLID char(1) NOT NULL, NRO_CONSOLID
  numeric(5,0) NOT NULL, TIPO_GENERACION char(1) NOT NULL, NRO_SOLICITUD numeric(6,0) NOT NULL, TIPO_BIEN varchar(1)
  NOT NULL, SEC_CONSOLID numeric(2,0) NOT NULL, SEC_RESUMEN numeric(5,0) NOT NULL, VALOR_PROV numeric(16,2), FECHA_REG
  datetime, ESTADO char(1), CUSER_ID varchar(30), EQUIPO_REG varchar(20), OBSERVACION varchar(255), FLAG_PARTICIPA
  char(1), PRECIO_PROV numeric(16,6), FECHA_COTIZA datetime, PRIMARY KEY (ANO_EJE, SEC_EJEC, TIPO_CONSOLID,
  NRO_CONSOLID, TIPO_GENERACION, NRO_SOLICITUD, TIPO_BIEN, SEC_CONSOLID, SEC_RESUMEN));
CREATE TABLE SIG_CUADRO_ADQUISICION (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, TIPO_BIEN varchar(1) NOT NULL, SEC_CUADRO
  numeric(6,0) NOT NULL, NRO_ENCARGO numeric(6,0), SEC_EJEC2 numeric(6,0), TIPO_PPTO numeric(1,0), FLAG_ORIGEN
  varchar(1), CENTRO_COSTO varchar(15), EMPLEADO varchar(15), TIPO_PROCESO varchar(2), DOCUMENTO varchar(60),
  FECHA_CUADRO datetime, DESCRIPCION text, TIPO_USO varchar(1) NOT NULL, NIVEL_AUTORIZ varchar(1), ESTADO char(1),
  FECHA_AUTORIZ datetime, FLAG_CALEND char(1), MES_CALEND char(2), FECHA_COMPRA datetime, MONEDA varchar(6),
  TIPO_CAMBIO numeric(10,6), FLAG_PROCESO char(1), TIPO_COMPRA varchar(1), MODAL_COMPRA varchar(2), TIPO_PROVEEDOR
  varchar(1), PROVEEDOR numeric(5,0), TIPO_OPERACION varchar(2), ANO_CONTRATO numeric(4,0), NRO_CONTRATO numeric(5,0),
  NRO_PROC_SEL numeric(5,0), ANO_REQUER numeric(4,0), NRO_REQUER numeric(7,0), NRO_CUADRO numeric(6,0),
  FECHA_NRO_CUADRO datetime, NRO_CONS_PAAC numeric(5,0), NRO_ORDEN numeric(7,0), VALOR_TOTAL numeric(16,2),
  FLAG_PEDIDO char(1), FECHA_REG datetime, CUSER_ID varchar(30), EQUIPO_REG varchar(20), tipo_organismo varchar(2),
  INDICADOR_NUEVO char(1), tarea_encargo varchar(1), FLAG_TESORO char(1), tipo_tarea char(1), nivel_tarea char(1),
  tarea_general numeric(10,0), ANO_PROCESO numeric(4,0), TIPO_GENERACION char(1), PROCESO numeric(5,0), SEC_PROCESO
  numeric(4,0), CONVOCATORIA numeric(2,0), SEC_CONVOCATORIA numeric(2,0), SIGLAS varchar(40), ANO_PROC_SEL
  numeric(4,0), NRO_GRUPO_CUADRO numeric(6,0), FLAG_EXPEDIENTE varchar(1), fecha_pedido datetime, tipo_entidad
  char(1), ID_PROCESO varchar(8), ID_CONTRATO varchar(8), FLAG_PSA varchar(1), MODALIDAD_JUSTIFICA varchar(250),
  FLAG_PASAJE varchar(1), TIPO_AFECTACION varchar(1), FLAG_PROYECTADO varchar(1), SEC_CUADRO_PROY numeric(6,0),
  FECHA_MOD datetime, CUSER_MOD varchar(30), EQUIPO_MOD varchar(20), PRIMARY KEY (ANO_EJE, SEC_EJEC, TIPO_BIEN,
  SEC_CUADRO));
CREATE TABLE SIG_DETALLE_BSERV_CUADRO (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, TIPO_BIEN varchar(1) NOT NULL, SEC_CUADRO
  numeric(6,0) NOT NULL, SECUENCIA int NOT NULL, CODIGO numeric(5,0), GRUPO_BIEN varchar(2) NOT NULL, CLASE_BIEN
  varchar(2) NOT NULL, FAMILIA_BIEN varchar(4) NOT NULL, ITEM_BIEN varchar(4) NOT NULL, UNIDAD_MEDIDA numeric(3,0),
  CANT_SOLICITADA numeric(20,6), CANT_APROBADA numeric(20,6), PRECIO_UNIT numeric(16,6), VALOR_MONEDA numeric(16,2),
  VALOR_SOLES numeric(16,2), VALOR_IMPTO numeric(14,2), FLAG_GASTO char(1), FECHA_REG datetime, CUSER_ID varchar(30),
  EQUIPO_REG varchar(20), NRO_CONS_PAAC numeric(5,0), FLAG_CONSOLID varchar(1), CANT_EJECUTADA numeric(20,6),
  nro_pedido varchar(6), sec_item_pedido numeric(5,0), tipo_pedido char(1), SEC_ENCARGO_REQ numeric(6,0),
  SEC_ENCARGO_REQ_DET numeric(6,0), PRIMARY KEY (ANO_EJE, SEC_EJEC, TIPO_BIEN, SEC_CUADRO, SECUENCIA));
CREATE TABLE SIG_DETALLE_METAS_CUADRO (
  ANO_EJE numeric(4,0) NOT NULL, sec_ejec numeric(6,0) NOT NULL, TIPO_BIEN varchar(1) NOT NULL, SEC_CUADRO
  numeric(6,0) NOT NULL, SECUENCIA int NOT NULL, SEC_META numeric(5,0) NOT NULL, sec_func numeric(4,0), FUNCION
  varchar(2), PROGRAMA varchar(3), ORIGEN varchar(1) NOT NULL, FUENTE_FINANC varchar(2) NOT NULL, TIPO_RECURSO
  varchar(2), ACT_PROY varchar(7), OPERACION numeric(10,0), CATEG_GASTO varchar(1), GRUPO_GASTO varchar(1),
  CLASIFICADOR varchar(20), TIPO_DESTINO varchar(2), MODAL_DESTINO varchar(2), FLAG_DESTINO varchar(1), TIPO_PAGO
  varchar(1), TIPO_COMPROMISO varchar(2), CANT_SOLICITADA numeric(20,6), CANT_APROBADA numeric(20,6), MNTO_MONEDA
  numeric(16,2), MNTO_SOLES numeric(16,2), VALOR_MONEDA numeric(16,2), VALOR_SOLES numeric(16,2), TIPO_IMPUESTO
  char(1), FTE_FTO_IMPTO varchar(2), TASA_IMPTO numeric(14,2), MNTO_IMPTO_MON numeric(14,2), VALOR_IMPTO_MON
  numeric(14,2), VALOR_IMPTO_SOL numeric(14,2), FECHA_REG datetime, CUSER_ID varchar(30), EQUIPO_REG varchar(20),
  MNTO_SOLES_MODIF numeric(16,2), EXPEDIENTE numeric(10,0), SEC_FUNC_ENCARGO numeric(4,0), ciclo char(1), fase
  char(1), secuencia_expediente char(4), correlativo char(4), CANT_EJECUTADA numeric(20,6), indicador_paac char(1),
  sec_resumen_pao numeric(5,0), sec_meta_pao numeric(4,0), TIPO_PAGO_IMPTO varchar(1), TIPO_RECURSO_IMPTO varchar(2),
  TIPO_COMPROMISO_IMPTO varchar(2), TIPO_USO varchar(1), TIPO_USO_ORIG varchar(1), ID_CLASIFICADOR char(7), PRIMARY
  KEY (ANO_EJE, sec_ejec, TIPO_BIEN, SEC_CUADRO, SECUENCIA, SEC_META));
CREATE TABLE SIG_DEPEN_META_CUADRO (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, TIPO_BIEN varchar(1) NOT NULL, SEC_CUADRO
  numeric(6,0) NOT NULL, SECUENCIA int NOT NULL, SEC_META numeric(5,0) NOT NULL, SEC_DEPEND numeric(5,0) NOT NULL,
  CENTRO_COSTO varchar(15) NOT NULL, TIPO_TAREA char(1), NIVEL_TAREA char(1), CODIGO_TAREA numeric(10,0), CANT_DEPEND
  numeric(20,6), VALOR_DEPEND numeric(16,2), PORC_GASTO numeric(14,2), FECHA_REG datetime, CUSER_ID varchar(30),
  EQUIPO_REG varchar(20), cant_uso numeric(20,6), INDICADOR_PAAC char(1), MNTO_SOLES numeric(16,2), MNTO_IMPTO_SOL
  numeric(14,2), PRIMARY KEY (ANO_EJE, SEC_EJEC, TIPO_BIEN, SEC_CUADRO, SECUENCIA, SEC_META, SEC_DEPEND));
CREATE TABLE SIG_CERTIFICACION (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, NRO_CERTIFICA numeric(10,0) NOT NULL, CASO
  varchar(1), FECHA datetime, ANULADO varchar(1), COD_CERTIFICA numeric(10,0), FECHA_REG datetime, CUSER_REG
  varchar(30), FECHA_ACT datetime, CUSER_ID_ACT varchar(30), NRO_CERTIFICA_SIAF numeric(10,0), ESTADO_CERTIFICA_SIAF
  varchar(1), TIPO_ORIGEN varchar(1), CONCLUIDO varchar(1), cuser_id_log varchar(30), fecha_reg_log datetime,
  equipo_reg_log varchar(20), empleado_log varchar(15), empleado_pptal varchar(15), flag_firma_digi varchar(1),
  TIPO_CERTIFICACION varchar(1), PRIMARY KEY (ANO_EJE, SEC_EJEC, NRO_CERTIFICA));
CREATE TABLE SIG_CERTIFICACION_PPTO (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, NRO_CERTIFICA numeric(10,0) NOT NULL, SECUENCIA_FASE
  numeric(10,0) NOT NULL, SECUENCIA_OPERA numeric(10,0) NOT NULL, SECUENCIA_DET numeric(10,0) NOT NULL, SECUENCIA_PPTO
  numeric(10,0) NOT NULL, SEC_FUNC numeric(4,0) NOT NULL, CLASIFICADOR varchar(20) NOT NULL, VALOR_MONEDA
  numeric(16,2) NOT NULL, VALOR_SOLES numeric(16,2) NOT NULL, FECHA_REG datetime NOT NULL, CUSER_ID varchar(30),
  EQUIPO_REG varchar(20), PRIMARY KEY (ANO_EJE, SEC_EJEC, NRO_CERTIFICA, SECUENCIA_FASE, SECUENCIA_OPERA,
  SECUENCIA_DET, SECUENCIA_PPTO));
CREATE TABLE SIG_CERTIFICACION_FASE (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, NRO_CERTIFICA numeric(10,0) NOT NULL, SECUENCIA_FASE
  numeric(10,0) NOT NULL, SEC_FASE numeric(1,0) NOT NULL, TIPO_CONSOLID varchar(1), NRO_CONSOLID numeric(5,0),
  TIPO_GENERACION varchar(1), TIPO_CONTRATO varchar(1), NRO_CONTRATO numeric(5,0), FECHA_REG datetime NOT NULL,
  CUSER_ID varchar(30), EQUIPO_REG varchar(20), VALOR_MONEDA numeric(16,2) NOT NULL, VALOR_SOLES numeric(16,2) NOT
  NULL, NRO_CERTIFICA_SIAF numeric(10,0), ESTADO_CERTIFICA_SIAF varchar(1), ANO_EJE_DOC numeric(4,0), SEC_EJEC_DOC
  numeric(6,0), NRO_ORDEN numeric(7,0), TIPO_BIEN varchar(1), TIPO_PPTO numeric(2,0), FLAG_COMPROMETIDO varchar(1),
  TIPO_DOCUMENTO varchar(5), PRIMARY KEY (ANO_EJE, SEC_EJEC, NRO_CERTIFICA, SECUENCIA_FASE));
CREATE TABLE SIG_PROCESO_DE_SELECCION (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, TIPO_GENERACION char(1) NOT NULL, PROCESO
  numeric(5,0) NOT NULL, TIPO_BIEN varchar(1), FLAG_PAAC varchar(1), NRO_PAAC varchar(4), INDICADOR_PROCESO
  varchar(2), NRO_RESOLUCION varchar(40), FECHA_RESOLUCION datetime, TIPO_CONSOLID char(1), NRO_CONSOLID numeric(5,0),
  TIPO_COMPRA varchar(1), TIPO_ORGANISMO varchar(2), TIPO_PROCESO varchar(2), ESTADO varchar(1), ESTADO_ENVIO
  varchar(1), MOTIVO_ESTADO varchar(250), FECHA_REG datetime, CUSER_ID varchar(30), EQUIPO_REG varchar(20), TIPO_PPTO
  numeric(1,0), NRO_ENCARGO numeric(6,0), SEC_EJEC2 numeric(6,0), PRIMARY KEY (ANO_EJE, SEC_EJEC, TIPO_GENERACION,
  PROCESO));
CREATE TABLE SIG_CONVOCATORIA (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, TIPO_GENERACION char(1) NOT NULL, PROCESO
  numeric(5,0) NOT NULL, SEC_PROCESO numeric(4,0) NOT NULL, CONVOCATORIA numeric(2,0) NOT NULL, TIPO_BIEN varchar(1),
  FECHA_INICIAL datetime NOT NULL, FECHA_FINAL datetime, DIAS_PLAZO numeric(4,0), MONEDA varchar(6), TIPO_CAMBIO
  numeric(10,6), FECHA_TCAMBIO datetime, VALOR_MONEDA numeric(16,2), VALOR_SOLES numeric(16,2), PUNTAJE_TECNICO
  numeric(7,4), PUNTAJE_ECONOMICO numeric(7,4), PUNTAJE_MINIMO numeric(7,4), TOPE_MAYOR numeric(3,0), TOPE_MENOR
  numeric(3,0), MODALIDAD varchar(1), TIPO_EVALUACION varchar(1), PROPUESTA varchar(1), NRO_RESOLUCION varchar(40),
  FECHA_RESOLUCION datetime, CODIGO_OFICIAL varchar(40), FECHA_PUBLICACION datetime, FECHA_RESULTADO datetime,
  FECHA_BUENAPRO datetime, RESOLUCION_COMITE varchar(40), FECHA_COMITE datetime, RESUMEN varchar(1), VERIFICADOR
  varchar(100), ESTADO varchar(1), ESTADO_ENVIO varchar(1), MOTIVO_ESTADO varchar(250), FECHA_REG datetime, CUSER_ID
  varchar(30), EQUIPO_REG varchar(20), TIPO_VALOR_REF varchar(1), TIPO_ACTO_PRES varchar(1), TIPO_ACTO_BPRO
  varchar(1), MEDIO_PUBLICACION varchar(1), FLAG_FACTOR varchar(1), VERIFICADOR_CARGO varchar(50), FLAG_FACTOR_LOTE
  varchar(1), DIRECCION_BASE varchar(100), FLAG_EQUIVALENCIA varchar(1), ID_PROCESO varchar(8), MODAL_PP varchar(2),
  SIS_CONT varchar(2), DIRECCION varchar(200), DEPARTAMENTO varchar(2), PROVINCIA varchar(2), DISTRITO varchar(2),
  HORARIO varchar(50), PARTICIPACION varchar(2), MONTO varchar(2), IMPORTE numeric(16,2), LUGAR_PAGO varchar(100),
  NRO_CUENTA varchar(100), FLAG_IMPORTA varchar(1), PRIMARY KEY (ANO_EJE, SEC_EJEC, TIPO_GENERACION, PROCESO,
  SEC_PROCESO, CONVOCATORIA));
CREATE TABLE SIG_CONTRATOS (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, TIPO_CONTRATO char(1) NOT NULL, NRO_CONTRATO
  numeric(5,0) NOT NULL, SEC_CONTRATO varchar(10), TIPO_BIEN varchar(1) NOT NULL, TIPO_GENERACION char(1), PROCESO
  numeric(5,0), SEC_PROCESO numeric(4,0), CONVOCATORIA numeric(2,0), SEC_CONVOCATORIA numeric(2,0), TIPO_PROVEEDOR
  varchar(1), PROVEEDOR numeric(5,0), ESTADO varchar(1), FECHA datetime, DOC_SIAF varchar(3), FECHA_INICIAL datetime,
  FECHA_FINAL datetime, MONEDA varchar(6), MONEDA_PAGO varchar(6), TIPO_CAMBIO numeric(10,6), NRO_DOCUMENTO
  varchar(50), OBJETO varchar(2), ESPEC_TECNICAS varchar(250), GLOSA text, TIPO_COMPRA varchar(1), MODAL_COMPRA
  varchar(2), FLAG_ADDENDA varchar(1), FECHA_REG datetime, CUSER_ID varchar(30), EQUIPO_REG varchar(20), tipo_proceso
  varchar(2), TIPO_PPTO numeric(1,0), NRO_ENCARGO numeric(6,0), SEC_EJEC2 numeric(6,0), FLAG_TESORO varchar(1),
  SEC_CONVENIO numeric(6,0), ID_PROCESO varchar(8), ID_CONTRATO varchar(8), FLAG_SNP char(1), MONTO_SUELDO_SOLES
  numeric(16,2), MONTO_SUELDO_MONEDA numeric(16,2), FECHA_CESE datetime, FLAG_SUSP_IR char(1), MES_SUSP_INI int,
  MES_SUSP_FIN int, MOTIVO_CESE varchar(250), empleado varchar(15), nro_meses numeric(4,0), ANO_PROCESO numeric(4,0),
  NRO_PROCESO numeric(5,0), SIGLAS varchar(40), TIPO_ORGANISMO varchar(2), nro_addenda numeric(6,0), fecha_ini_adenda
  datetime, fecha_fin_adenda datetime, FLAG_ORIGEN varchar(1), flag_impresion char(1), FLAG_EXTERNO varchar(1),
  FLAG_PSA varchar(1), TIPO_CONSOLID char(1), NRO_CONSOLID numeric(5,0), FLAG_PROCEDENCIA varchar(1), VALOR_MONEDA
  numeric(16,2), VALOR_SOLES numeric(16,2), TIPO_COMPROMISO varchar(1), NRO_CERTIFICA numeric(10,0), ESTADO_ANULADO
  varchar(1), FLAG_MOD_MONTO varchar(1), CENTRO_COSTO_RESP varchar(15), ANO_EJE_RESP numeric(4,0),
  FLAG_CTO_COMPLEMENTARIO varchar(1), NRO_DOCUMENTO_ORIGINAL varchar(50), NRO_PROCESO_RELACIONADO varchar(50),
  ANO_EJE_ORIG numeric(4,0), SEC_EJEC_ORIG numeric(6,0), TIPO_CONTRATO_ORIG varchar(1), NRO_CONTRATO_ORIG
  numeric(5,0), FLAG_CONTR_OT varchar(1), FECHA_MOD datetime, CUSER_MOD varchar(30), EQUIPO_MOD varchar(20),
  REG_ESPECIAL varchar(2), SEC_EJEC_EXT numeric(6,0), EMPLEADO_EJECUCION varchar(15), EMPLEADO_OPERADOR varchar(15),
  FLAG_SEG_VENCIMIENTO varchar(1), FLAG_SEG_EJECUCION varchar(1), CEAM_OCE_ID char(10), CEAM_OCE char(12), MONTO_ID
  numeric(19,2), FLAG_PROC_ELECTORAL varchar(1), FECHA_PROC_ELEC datetime, CUSER_PROC_ELEC varchar(30), NRO_MESES_ALQ
  numeric(2,0), NRO_DIAS_ALQ numeric(1,0), IND_CONTRATO_VERSION varchar(1), PRIMARY KEY (ANO_EJE, SEC_EJEC,
  TIPO_CONTRATO, NRO_CONTRATO));
CREATE TABLE SIG_CONTRATO_ITEM (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, TIPO_CONTRATO char(1) NOT NULL, NRO_CONTRATO
  numeric(5,0) NOT NULL, NRO_ITEM numeric(4,0) NOT NULL, TIPO_BIEN varchar(1), GRUPO_BIEN varchar(2), CLASE_BIEN
  varchar(2), FAMILIA_BIEN varchar(4), ITEM_BIEN varchar(4), UNIDAD_MEDIDA numeric(3,0), PRESENTACION numeric(5,0),
  NRO_LOTE numeric(4,0), ADJUDICADO varchar(1), CANTIDAD numeric(20,6), CANTIDAD_ADJUDICA numeric(20,6), MONEDA
  varchar(6), PRECIO_MONEDA numeric(16,6), VALOR_MONEDA numeric(16,2), VALOR_SOLES numeric(16,2), FLAG_ANEXO
  varchar(1), FECHA_REG datetime, CUSER_ID varchar(30), EQUIPO_REG varchar(20), TIPO_MARCA varchar(1), MARCA
  numeric(5,0), tipo_bien_ini varchar(1), grupo_bien_ini varchar(2), clase_bien_ini varchar(2), familia_bien_ini
  varchar(4), item_bien_ini varchar(4), unidad_medida_ini numeric(3,0), CANTIDAD_AJUSTADA numeric(20,6),
  VALOR_MONEDA_AJUSTADO numeric(16,2), PRIMARY KEY (ANO_EJE, SEC_EJEC, TIPO_CONTRATO, NRO_CONTRATO, NRO_ITEM));
CREATE TABLE SIG_CONTRATO_MOVIMIENTO (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, TIPO_CONTRATO char(1) NOT NULL, NRO_CONTRATO
  numeric(5,0) NOT NULL, SEC_MOVIMIENTO numeric(2,0) NOT NULL, TIPO_MOVIMIENTO varchar(2), TIPO_PAGO varchar(2),
  NRO_ADDENDA numeric(3,0), NRO_DOCUMENTO varchar(50), OBSERVACION text, FECHA datetime, PORCENTAJE numeric(9,6),
  VALOR_MONEDA numeric(16,2), FECHA_ACTUALIZA datetime, INTERFASE_SIAF varchar(1), FECHA_REG datetime, CUSER_ID
  varchar(30), EQUIPO_REG varchar(20), CANT_PERIODO int, fecha_inicial datetime, fecha_final datetime, motivo_cese
  varchar(250), fecha_cese datetime, flag_impresion char(1), fecha_ini_arre datetime, fecha_fin_arre datetime,
  monto_arre numeric(16,2), NRO_MESES_PRO numeric(2,0), NRO_DIAS_PRO numeric(1,0), IND_CONTRATO_VERSION varchar(1),
  TIPO_CAMBIO_MODIF numeric(10,6), PRIMARY KEY (ANO_EJE, SEC_EJEC, TIPO_CONTRATO, NRO_CONTRATO, SEC_MOVIMIENTO));
CREATE TABLE SIG_ORDEN_ADQUISICION (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, NRO_ORDEN numeric(7,0) NOT NULL, TIPO_BIEN varchar(1)
  NOT NULL, TIPO_PPTO numeric(2,0) NOT NULL, TIPO_USO varchar(1), NRO_ENCARGO numeric(6,0), SEC_EJEC2 numeric(6,0),
  ANO_CUADRO numeric(4,0), SEC_CUADRO numeric(6,0), TIPO_PROVEEDOR varchar(1), PROVEEDOR numeric(5,0), MES_CALEND
  varchar(2), FECHA_ORDEN datetime, ANO_CONTRATO numeric(4,0), SEC_CONTRATO numeric(5,0), NRO_CONTRATO varchar(50),
  FECHA_CONTRATO datetime, DOCUMENTO_SIAF varchar(3), PLAZO_ENTREGA numeric(4,0), TIPO_GARANTIA varchar(80),
  CONDICION_PAGO varchar(80), DOCUM_REFERENCIA varchar(100), MONEDA varchar(6), TIPO_CAMBIO numeric(10,6),
  RESUMEN_COMPRA varchar(200), CONCEPTO varchar(350), FECHA_CANCEL datetime, INCL_IGV varchar(1), INCL_RENTA
  varchar(1), INCL_IES varchar(1), TASA_IMPTO numeric(9,2), SUBTOTAL_MONEDA numeric(16,2), TOTAL_IGV_MONEDA
  numeric(14,2), TOTAL_FACT_MONEDA numeric(16,2), SUBTOTAL_SOLES numeric(16,2), TOTAL_IGV_SOLES numeric(14,2),
  TOTAL_FACT_SOLES numeric(16,2), ESTADO varchar(1), IES_MONEDA numeric(14,2), IES_SOLES numeric(14,2), RENTA_MONEDA
  numeric(14,2), RENTA_SOLES numeric(14,2), ALMACEN varchar(3), SEC_ALMACEN varchar(3), FLAG_ALMACEN char(1),
  ESTADO_SIAF varchar(1), FECHA_SIAF datetime, TIPO_PROCESO varchar(2), TIPO_OPERACION varchar(2), TIPO_PAGO
  varchar(1), TIPO_RECURSO varchar(2), TIPO_COMPROMISO varchar(2), TIPO_COMPRA varchar(1), MODAL_COMPRA varchar(2),
  FECHA_REG datetime, CUSER_ID varchar(30), EQUIPO_REG varchar(20), PROYECTO numeric(8,0), CUENTA varchar(10),
  TIPO_ORGANISMO varchar(2), ORGANISMO varchar(3), CONVENIO varchar(3), EXP_SIAF numeric(10,0), NRO_PROC_SEL
  varchar(50), FLAG_RECEPCION varchar(1), FECHA_RECEPCION datetime, FLAG_ANULACION_SIAF char(1), SUBTOTAL_VENTA_MONEDA
  numeric(16,2), SUBTOTAL_EXO_IMPTO_MONEDA numeric(16,2), SUBTOTAL_VENTA_SOLES numeric(16,2), SUBTOTAL_EXO_IMPTO_SOLES
  numeric(16,2), FLAG_TESORO char(1), TIPO_ENTIDAD char(1), ID_PROCESO varchar(8), ID_CONTRATO varchar(8), ID_ORDEN
  varchar(8), FLAG_IMPRIME_ASC char(1), GLOSA text, FLAG_IMPRIME_DET_TOTAL char(1), FLAG_PSA varchar(1),
  MODALIDAD_JUSTIFICA varchar(250), EXP_SIGA numeric(10,0), EXP_SIGA_DOC numeric(5,0), TIPO_AFECTACION varchar(1),
  intf_cer varchar(10), intf_cerse varchar(4), intf_cerco varchar(4), NRO_CERTIFICA numeric(10,0), FECHA_MOD datetime,
  CUSER_MOD varchar(30), EQUIPO_MOD varchar(20), sec_ejec_siaf numeric(6,0), FLAG_NEA_EMERGENCIA varchar(1), PRIMARY
  KEY (ANO_EJE, SEC_EJEC, NRO_ORDEN, TIPO_BIEN, TIPO_PPTO));
CREATE TABLE SIG_ORDEN_SECUENCIA (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, NRO_ORDEN numeric(7,0) NOT NULL, TIPO_BIEN varchar(1)
  NOT NULL, TIPO_PPTO numeric(2,0) NOT NULL, SEC_ORDEN numeric(2,0) NOT NULL, ANO_SECUENCIA numeric(4,0),
  MES_SECUENCIA varchar(2), TIPO_CAMBIO numeric(10,6), FASE_ORDEN char(1), ESTADO_FASE char(1), FECHA_ESTADO datetime,
  DOCUMTO_SIAF varchar(3), NRO_DOCUMTO varchar(20), FECHA_REG datetime, CUSER_ID varchar(30), EQUIPO_REG varchar(20),
  FLAG_COMPROMETIDO char(1), PRIMARY KEY (ANO_EJE, SEC_EJEC, NRO_ORDEN, TIPO_BIEN, TIPO_PPTO, SEC_ORDEN));
CREATE TABLE SIG_ORDEN_ITEM (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, NRO_ORDEN numeric(7,0) NOT NULL, TIPO_BIEN varchar(1)
  NOT NULL, TIPO_PPTO numeric(2,0) NOT NULL, SEC_ORDEN numeric(2,0) NOT NULL, SEC_ITEM numeric(4,0) NOT NULL,
  GRUPO_BIEN varchar(2), CLASE_BIEN varchar(2), FAMILIA_BIEN varchar(4), ITEM_BIEN varchar(4), CANT_ITEM
  numeric(16,6), UNIDAD_MEDIDA numeric(3,0), PREC_UNIT_MONEDA numeric(16,6), PREC_TOT_MONEDA numeric(16,2),
  PREC_TOT_SOLES numeric(16,2), CANT_RECIBIDA numeric(16,6), FLAG_RECEP varchar(1), FECHA_RECEP datetime, MARCA
  numeric(5,0), CODIGO numeric(5,0), FECHA_REG datetime, CUSER_ID varchar(30), EQUIPO_REG varchar(20),
  ESPECIFICACIONES text, CANT_MODIF numeric(16,6), MNTO_SOLES_MODIF numeric(16,2), TIPO_MARCA varchar(1),
  PLAZO_ENTREGA numeric(5,0), PLAZO_GARANTIA numeric(5,0), FLAG_EXO_IMPTO char(1), PREC_VENTA_MONEDA numeric(16,2),
  PREC_IMPTO_MONEDA numeric(16,2), PREC_VENTA_SOLES numeric(16,2), PREC_IMPTO_SOLES numeric(16,2), FLAG_CREDITO_FISCAL
  varchar(1), SEC_MODELO numeric(3,0), PRIMARY KEY (ANO_EJE, SEC_EJEC, NRO_ORDEN, TIPO_BIEN, TIPO_PPTO, SEC_ORDEN,
  SEC_ITEM));
CREATE TABLE SIG_ORDEN_ITEM_PPTO (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, NRO_ORDEN numeric(7,0) NOT NULL, TIPO_BIEN varchar(1)
  NOT NULL, TIPO_PPTO numeric(2,0) NOT NULL, SEC_ORDEN numeric(2,0) NOT NULL, SEC_ITEM numeric(4,0) NOT NULL,
  SEC_ITEM_PPTO numeric(3,0) NOT NULL, ORIGEN varchar(1), FUENTE_FINANC varchar(2), TIPO_RECURSO varchar(2), TIPO_PAGO
  varchar(1), TIPO_COMPROMISO varchar(2), SEC_FUNC numeric(4,0), OPERACION numeric(10,0), CLASIFICADOR varchar(20),
  TIPO_DESTINO varchar(2), MODAL_DESTINO varchar(2), FLAG_DESTINO varchar(1), CANT_ARTICULO numeric(16,6),
  VALOR_MONEDA numeric(16,2), VALOR_SOLES numeric(16,2), MNTO_MONEDA numeric(16,2), MNTO_SOLES numeric(16,2),
  TIPO_IMPTO varchar(1), FTE_FTO_IMPTO varchar(2), TASA_IMPTO numeric(9,2), VALOR_IMPTO_MONEDA numeric(14,2),
  VALOR_IMPTO_SOLES numeric(14,2), FECHA_REG datetime, CUSER_ID varchar(30), EQUIPO_REG varchar(20), CANT_MODIF
  numeric(16,6), MNTO_SOLES_MODIF numeric(16,2), EXPEDIENTE numeric(10,0), SEC_FUNC_ENCARGO numeric(5,0),
  CANT_RECIBIDA_PPTO numeric(16,6), TIPO_PAGO_IMPTO varchar(1), TIPO_RECURSO_IMPTO varchar(2), TIPO_COMPROMISO_IMPTO
  varchar(2), TIPO_USO varchar(1), ID_CLASIFICADOR char(7), PRIMARY KEY (ANO_EJE, SEC_EJEC, NRO_ORDEN, TIPO_BIEN,
  TIPO_PPTO, SEC_ORDEN, SEC_ITEM, SEC_ITEM_PPTO));
CREATE TABLE SIG_ORDEN_PRESUPUESTO (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, NRO_ORDEN numeric(7,0) NOT NULL, TIPO_BIEN varchar(1)
  NOT NULL, TIPO_PPTO numeric(2,0) NOT NULL, SEC_ORDEN numeric(2,0) NOT NULL, SEC_PPTO numeric(3,0) NOT NULL, ORIGEN
  varchar(1), FUENTE_FINANC varchar(2), SEC_FUNC numeric(4,0), TIPO_RECURSO varchar(2), TIPO_PAGO varchar(1),
  TIPO_COMPROMISO varchar(2), MES_CALE varchar(2), OPERACION numeric(10,0), CLASIFICADOR varchar(20), TIPO_DESTINO
  varchar(2), MODAL_DESTINO varchar(2), VALOR_MONEDA numeric(16,2), VALOR_SOLES numeric(16,2), MNTO_MONEDA
  numeric(16,2), MNTO_SOLES numeric(16,2), EXP_SIAF numeric(10,0), SECU_SIAF varchar(4), CORR_SIAF varchar(4),
  FECHA_SIAF datetime, CUSER_SIAF varchar(30), SECUENCIAL char(20), ESTADO_EXP varchar(1), EXPEDIENTE numeric(10,0),
  SEC_FUNC_ENCARGO numeric(5,0), CICLO char(1), FASE char(1), SECUENCIA_EXPEDIENTE char(4), CORRELATIVO char(4),
  ID_CLASIFICADOR char(7), PRIMARY KEY (ANO_EJE, SEC_EJEC, NRO_ORDEN, TIPO_BIEN, TIPO_PPTO, SEC_ORDEN, SEC_PPTO));
CREATE TABLE SIG_ORDEN_INTERFASE (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, NRO_ORDEN numeric(7,0) NOT NULL, TIPO_BIEN varchar(1)
  NOT NULL, TIPO_PPTO numeric(2,0) NOT NULL, SEC_INTF numeric(2,0) NOT NULL, ORIGEN varchar(1), FUENTE_FINANC
  varchar(2), INTF_CER varchar(10), INTF_CERSE varchar(4), secuencia_fase numeric(10,0), secuencia_opera
  numeric(10,0), PRIMARY KEY (ANO_EJE, SEC_EJEC, NRO_ORDEN, TIPO_BIEN, TIPO_PPTO, SEC_INTF));
CREATE TABLE SIG_MOVIM_CONFOR_SERVICIO (
  SEC_EJEC numeric(6,0) NOT NULL, ANO_EJE numeric(4,0) NOT NULL, TIPO_MOVIMTO varchar(1) NOT NULL, TIPO_TRANSAC
  numeric(2,0) NOT NULL, TIPO_PPTO numeric(1,0) NOT NULL, NRO_MOVIMTO numeric(5,0) NOT NULL, TIPO_BIEN varchar(1),
  ANO_ORDEN numeric(4,0), NRO_ORDEN numeric(7,0), PROVEEDOR numeric(5,0), FECHA_ENTRADA datetime, OBSERVACION
  varchar(100), INDI_CONFOR varchar(1), FECHA_MOVIMTO datetime, TIPO_USO varchar(1), TIPO_DOCUMTO varchar(3),
  ESTADO_KARDEX varchar(1), NOMBRE_PROVEEDOR varchar(100), ESTADO_ACTIVO varchar(1), ESTADO_DEVENG varchar(1),
  MES_MOVIMTO char(2), TIPO_TAREA char(1), NIVEL_TAREA char(1), CODIGO_TAREA numeric(10,0), EXPEDIENTE_SIAF
  numeric(10,0), SECUENCIA_SIAF numeric(4,0), TIPO_PROCESO varchar(2), NRO_MOVIM_ACTIVO numeric(6,0), FLAG_ACTIVO
  varchar(1) NOT NULL, RESPONSABLE varchar(15), FLAG_MOVIMTO varchar(1), FLAG_ESTRATEGICO varchar(1), FLAG_DESTINO
  varchar(1), CODIGO_DESTINO_PED varchar(15), CENTRO_COSTO_PED varchar(15), SEC_EJEC_PED numeric(6,0),
  ESTADO_RECEPCION char(1), SEC_EJEC_TRAN numeric(6,0), DOCUM_CONFIRMA varchar(50), FECHA_CONFIRMA datetime,
  RESPO_CONFIRMA varchar(50), glosa varchar(300), PRIMARY KEY (SEC_EJEC, ANO_EJE, TIPO_MOVIMTO, TIPO_TRANSAC,
  TIPO_PPTO, NRO_MOVIMTO));
CREATE TABLE SIG_DETALLE_MOVIM_CONFOR_SERV (
  SEC_EJEC numeric(6,0) NOT NULL, ANO_EJE numeric(4,0) NOT NULL, TIPO_MOVIMTO varchar(1) NOT NULL, TIPO_TRANSAC
  numeric(2,0) NOT NULL, TIPO_PPTO numeric(1,0) NOT NULL, NRO_MOVIMTO numeric(5,0) NOT NULL, SECUENCIA numeric(2,0)
  NOT NULL, SEC_DETALLE numeric(5,0) NOT NULL, SEC_ITEM numeric(5,0), CENTRO_COSTO varchar(15), TIPO_BIEN varchar(1),
  GRUPO_BIEN varchar(2), CLASE_BIEN varchar(2), FAMILIA_BIEN varchar(4), ITEM_BIEN varchar(4), CLASIFICADOR
  varchar(20), MAYOR varchar(4), SUB_CTA varchar(8), OPERACION numeric(10,0), FECHA_ENTRADA datetime, CANT_ADQUIRIDO
  numeric(20,6) NOT NULL, MEDIDA_ADQUIS numeric(3,0), CANT_RECIBIDO numeric(20,6) NOT NULL, CANT_ARTICULO
  numeric(20,6) NOT NULL, UNIDAD_MEDIDA numeric(3,0), CANT_DEVUELTA numeric(20,6) NOT NULL, PRECIO_UNIT numeric(16,6)
  NOT NULL, PRECIO_MONEDA numeric(16,6) NOT NULL, MONEDA varchar(5), VALOR_TOTAL numeric(16,4) NOT NULL, FECHA_MOVIMTO
  datetime, INDI_RECIBIDO char(1), PRECIO_PROMED numeric(16,6) NOT NULL, TIPO_DESTINO varchar(2), MODAL_DESTINO
  varchar(2), FLAG_DESTINO varchar(1), MES_PROCESO varchar(2), CANT_ATENDIDA numeric(20,6) NOT NULL, STOCK_ACTUAL
  numeric(20,6) NOT NULL, VALOR_ACTUAL numeric(16,4) NOT NULL, TIPO_MOVIMTO_ORIG varchar(1), TIPO_TRANSAC_ORIG
  numeric(2,0), TIPO_PPTO_ORIG numeric(1,0), NRO_MOVIMTO_ORIG numeric(5,0), SECUENCIA_ORIG numeric(2,0),
  SEC_DETALLE_ORIG numeric(5,0), FLAG_INTERFASE varchar(1), FECHA_INTERFASE datetime, FECHA_REG datetime, CUSER_ID
  varchar(30), EQUIPO_REG varchar(20), TIPO_MARCA varchar(1), NOMBRE_INTERFASE varchar(50), ANO_PPA numeric(4,0),
  NRO_PPA numeric(5,0), FLAG_EXO_IMPTO varchar(1), FLAG_CREDITO_FISCAL varchar(1), CONSUMO_INTERFASE varchar(2),
  TIPO_USO varchar(1), ITEM_BIEN_DET numeric(5,0), ESTADO_RECEPCION char(1), ID_CLASIFICADOR char(7), ESPECIFICACIONES
  varchar(300), SEC_MODELO numeric(3,0), PRIMARY KEY (SEC_EJEC, ANO_EJE, TIPO_MOVIMTO, TIPO_TRANSAC, TIPO_PPTO,
  NRO_MOVIMTO, SECUENCIA, SEC_DETALLE));
CREATE TABLE SIG_EXP_SIGA (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, TIPO_PPTO numeric(2,0) NOT NULL, EXP_SIGA
  numeric(10,0) NOT NULL, NRO_EXP_SIGA numeric(10,0), FECHA_EXP_SIGA datetime, FLAG_PROCEDENCIA varchar(2), TIPO_FASE
  varchar(1), TIPO_BIEN varchar(1) NOT NULL, TIPO_PROVEEDOR varchar(1), PROVEEDOR numeric(5,0), TIPO_DOCUMENTO
  varchar(3), NRO_DOCUMENTO varchar(50), FECHA_DOCUMENTO datetime, MONEDA varchar(6), TIPO_PROCESO varchar(2),
  TIPO_ORGANISMO varchar(2), ORGANISMO varchar(3), CONVENIO varchar(3), ID_PROCESO varchar(8), ID_CONTRATO varchar(8),
  ID_ORDEN varchar(8), ESTADO varchar(1), EXP_SIAF numeric(10,0), FLAG_ANULACION_SIAF varchar(1), ESTADO_SIAF
  varchar(1), FECHA_SIAF datetime, EXP_SIGA_ORIG numeric(10,0), EXP_SIGA_SECU_ORIG numeric(5,0), FECHA_REG datetime,
  CUSER_ID varchar(30), EQUIPO_REG varchar(20), TIPO_CONSOLID char(1), NRO_CONSOLID numeric(5,0), TIPO_GENERACION
  char(1), PRIMARY KEY (ANO_EJE, SEC_EJEC, TIPO_PPTO, EXP_SIGA));
CREATE TABLE SIG_EXP_SIGA_SECU (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, TIPO_PPTO numeric(2,0) NOT NULL, EXP_SIGA
  numeric(10,0) NOT NULL, EXP_SIGA_DOC numeric(5,0) NOT NULL, EXP_SIGA_SECU numeric(5,0) NOT NULL, CICLO varchar(1),
  FASE varchar(1), TIPO_SECUENCIA varchar(1), TIPO_DOCUMENTO varchar(3), NRO_DOCUMENTO varchar(50), FECHA_DOCUMENTO
  datetime, ORIGEN varchar(1), FUENTE_FINANC varchar(2), TIPO_RECURSO varchar(2), TIPO_PAGO varchar(1),
  TIPO_COMPROMISO varchar(2), MEJOR_FECHA datetime, ANO_SECUENCIA numeric(4,0), MES_SECUENCIA varchar(2), ESTADO_FASE
  varchar(1), FLAG_COMPROMETIDO varchar(1), FECHA_ESTADO datetime, SECUENCIAL varchar(20), EXP_SIAF numeric(10,0),
  SECU_SIAF varchar(4), CORR_SIAF varchar(4), FECHA_SIAF datetime, CUSER_SIAF varchar(30), ESTADO_EXP varchar(1),
  EXP_SIGA_SECU_ORIG numeric(5,0), FECHA_REG datetime, CUSER_ID varchar(30), EQUIPO_REG varchar(20), FECHA_INTERFASE
  datetime, MONEDA varchar(6), TIPO_CAMBIO numeric(10,6), SERIE_DOCUMENTO varchar(10), NRO_ORDEN_SOS numeric(7,0),
  TIPO_BIEN_SOS varchar(1), SEC_ORDEN_SOS numeric(2,0), PRIMARY KEY (ANO_EJE, SEC_EJEC, TIPO_PPTO, EXP_SIGA,
  EXP_SIGA_DOC, EXP_SIGA_SECU));
CREATE TABLE SIG_EXP_SIGA_DOCU (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, TIPO_PPTO numeric(2,0) NOT NULL, EXP_SIGA
  numeric(10,0) NOT NULL, EXP_SIGA_DOC numeric(5,0) NOT NULL, TIPO_DOCUMENTO varchar(3), NRO_DOCUMENTO varchar(50),
  FECHA_DOCUMENTO datetime, TIPO_OPERACION varchar(2), MODAL_COMPRA varchar(2), TIPO_CAMBIO numeric(10,6),
  FECHA_CANCEL datetime, FECHA_REG datetime, CUSER_ID varchar(30), EQUIPO_REG varchar(20), Tipo_Pago char(1),
  Tipo_Recurso char(2), Tipo_Compromiso char(2), FECHA_INTERFASE datetime, EXP_SIAF numeric(10,0), FASE_CONTRACTUAL
  varchar(1), PRIMARY KEY (ANO_EJE, SEC_EJEC, TIPO_PPTO, EXP_SIGA, EXP_SIGA_DOC));
CREATE TABLE SIG_EXP_SIGA_PPTO (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, TIPO_PPTO numeric(2,0) NOT NULL, EXP_SIGA
  numeric(10,0) NOT NULL, EXP_SIGA_DOC numeric(5,0) NOT NULL, EXP_SIGA_SECU numeric(5,0) NOT NULL, EXP_SIGA_PPTO
  numeric(3,0) NOT NULL, SEC_FUNC numeric(4,0), CLASIFICADOR varchar(20), ID_CLASIFICADOR char(7), VALOR_MONEDA
  numeric(16,2), VALOR_SOLES numeric(16,2), MNTO_MONEDA numeric(16,2), MNTO_SOLES numeric(16,2), EXPEDIENTE
  numeric(10,0), PRIMARY KEY (ANO_EJE, SEC_EJEC, TIPO_PPTO, EXP_SIGA, EXP_SIGA_DOC, EXP_SIGA_SECU, EXP_SIGA_PPTO));
CREATE TABLE SIG_DEVENGADO (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, NRO_DEVENGADO numeric(7,0) NOT NULL, NRO_ORDEN
  numeric(7,0), TIPO_BIEN varchar(1), TIPO_PPTO numeric(2,0), FECHA_REG datetime, CUSER_ID varchar(30), EQUIPO_REG
  varchar(20), PRIMARY KEY (ANO_EJE, SEC_EJEC, NRO_DEVENGADO));
CREATE TABLE SIG_DETALLE_MOVIM_PPTO (
  sec_ejec numeric(6,0) NOT NULL, ANO_EJE numeric(4,0) NOT NULL, ALMACEN varchar(3) NOT NULL, SEC_ALMACEN varchar(3)
  NOT NULL, TIPO_MOVIMTO varchar(1) NOT NULL, TIPO_TRANSAC numeric(2,0) NOT NULL, TIPO_PPTO numeric(1,0) NOT NULL,
  NRO_MOVIMTO numeric(6,0) NOT NULL, SECUENCIA numeric(2,0) NOT NULL, SEC_DETALLE numeric(5,0) NOT NULL, SEC_PPTO
  numeric(5,0) NOT NULL, OPERACION numeric(10,0), CLASIFICADOR varchar(20), TIPO_DESTINO varchar(2), MODAL_DESTINO
  varchar(2), SEC_FUNC numeric(4,0), ACT_PROY varchar(7), ORIGEN varchar(1), FUENTE_FINANC varchar(2), TIPO_RECURSO
  varchar(2), CANT_ARTICULO numeric(20,6), FECHA_REG datetime, CUSER_ID varchar(30), EQUIPO_REG varchar(20),
  ID_CLASIFICADOR char(7), PRIMARY KEY (sec_ejec, ANO_EJE, ALMACEN, SEC_ALMACEN, TIPO_MOVIMTO, TIPO_TRANSAC,
  TIPO_PPTO, NRO_MOVIMTO, SECUENCIA, SEC_DETALLE, SEC_PPTO));
CREATE TABLE SIG_SEGUIMIENTO (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, TIPO_TRANSACCION numeric(2,0) NOT NULL, NRO_ORIGEN
  numeric(6,0) NOT NULL, CENTRO_COSTO varchar(15), SOLICITANTE varchar(50), TIPO_PPTO numeric(1,0), TIPO_BIEN char(1),
  TIPO_PEDIDO varchar(2), TIPO_CONSOLID varchar(3), NRO_TRANSACCION numeric(10,0), NRO_PEDIDO varchar(50),
  NRO_CONSOLID numeric(5,0), FECHA_TRANSACCION datetime, ESTADO_TRANSACCION char(1), FECHA_REG datetime, CUSER_ID
  varchar(30), EQUIPO_REG varchar(20), sec_transaccion numeric(10,0), PRIMARY KEY (ANO_EJE, SEC_EJEC,
  TIPO_TRANSACCION, NRO_ORIGEN));
CREATE TABLE SIG_SEGUIMIENTO_ESTADO (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, TIPO_TRANSACCION numeric(2,0) NOT NULL, NRO_ORIGEN
  numeric(6,0) NOT NULL, SEC_ESTADO numeric(6,0) NOT NULL, FECHA_ESTADO datetime, ESTADO_SEGUIMIENTO char(1),
  FECHA_REG datetime, CUSER_ID varchar(30), EQUIPO_REG varchar(20), PRIMARY KEY (ANO_EJE, SEC_EJEC, TIPO_TRANSACCION,
  NRO_ORIGEN, SEC_ESTADO));
CREATE TABLE SIG_SEGUIMIENTO_SECUENCIA (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, TIPO_TRANSACCION numeric(2,0) NOT NULL, NRO_ORIGEN
  numeric(6,0) NOT NULL, TIPO_TRANSACCION_DESTINO numeric(2,0) NOT NULL, NRO_DESTINO numeric(6,0) NOT NULL, PRIMARY
  KEY (ANO_EJE, SEC_EJEC, TIPO_TRANSACCION, NRO_ORIGEN, TIPO_TRANSACCION_DESTINO, NRO_DESTINO));

-- E. almacén
CREATE TABLE SIG_MOVIM_ALMACEN (
  SEC_EJEC numeric(6,0) NOT NULL, ANO_EJE numeric(4,0) NOT NULL, ALMACEN varchar(3) NOT NULL, SEC_ALMACEN varchar(3)
  NOT NULL, TIPO_MOVIMTO varchar(1) NOT NULL, TIPO_TRANSAC numeric(2,0) NOT NULL, TIPO_PPTO numeric(1,0) NOT NULL,
  NRO_MOVIMTO numeric(6,0) NOT NULL, CODIGO_DESTINO varchar(15), CENTRO_COSTO varchar(15), NRO_ENCARGO numeric(6,0),
  SEC_EJEC2 numeric(6,0), TIPO_BIEN varchar(1), ANO_ORDEN numeric(4,0), NRO_ORDEN numeric(7,0), PROC_GUIA varchar(2),
  PROVEEDOR numeric(5,0), FECHA_ENTRADA datetime, OBSERVACION varchar(100), NRO_FACTURA varchar(15), FECHA_FACTURA
  datetime, INDI_CONFOR varchar(1), FECHA_MOVIMTO datetime, TIPO_USO varchar(1), TIPO_DOCUMTO varchar(3), NRO_GUIA
  varchar(10), ESTADO_KARDEX varchar(1), NOMBRE_PROVEEDOR varchar(100), ESTADO_ACTIVO varchar(1), ESTADO_DEVENG
  varchar(1), MES_MOVIMTO char(2), TIPO_TAREA char(1), NIVEL_TAREA char(1), CODIGO_TAREA numeric(10,0),
  EXPEDIENTE_SIAF numeric(10,0), SECUENCIA_SIAF numeric(4,0), TIPO_PROCESO varchar(2), NRO_MOVIM_ACTIVO numeric(6,0),
  FLAG_ACTIVO varchar(1), TIPO_ORIGEN varchar(1), RESPONSABLE varchar(15), FECHA_REG datetime, CUSER_ID varchar(30),
  EQUIPO_REG varchar(20), SEC_ENCARGO_REQ numeric(6,0), FLAG_MOVIMTO varchar(1), FLAG_ESTRATEGICO varchar(1),
  FLAG_DESTINO varchar(1), CODIGO_DESTINO_PED varchar(15), CENTRO_COSTO_PED varchar(15), SEC_EJEC_PED numeric(6,0),
  ESTADO_RECEPCION char(1), SEC_EJEC_TRAN numeric(6,0), DOCUM_CONFIRMA varchar(50), FECHA_CONFIRMA datetime,
  RESPO_CONFIRMA varchar(50), GLOSA varchar(300), FECHA_MOD datetime, CUSER_MOD varchar(30), EQUIPO_MOD varchar(20),
  FLAG_IMP_ARC varchar(1), TIPO_PERSONA varchar(2), TIPO_DOC_APROB varchar(2), DESC_DOC_APROB varchar(50),
  TIPO_DOCUMENTO varchar(2), NRO_DOCUMENTO varchar(20), FECHA_PENALIDAD datetime, NRO_REQUERIM numeric(6,0), PRIMARY
  KEY (SEC_EJEC, ANO_EJE, ALMACEN, SEC_ALMACEN, TIPO_MOVIMTO, TIPO_TRANSAC, TIPO_PPTO, NRO_MOVIMTO));
CREATE TABLE SIG_DETALLE_MOVIM_ALMACEN (
  sec_ejec numeric(6,0) NOT NULL, ANO_EJE numeric(4,0) NOT NULL, ALMACEN varchar(3) NOT NULL, SEC_ALMACEN varchar(3)
  NOT NULL, TIPO_MOVIMTO varchar(1) NOT NULL, TIPO_TRANSAC numeric(2,0) NOT NULL, TIPO_PPTO numeric(1,0) NOT NULL,
  NRO_MOVIMTO numeric(6,0) NOT NULL, SECUENCIA numeric(2,0) NOT NULL, SEC_DETALLE numeric(5,0) NOT NULL, SEC_ITEM
  numeric(5,0), CENTRO_COSTO varchar(15), TIPO_BIEN varchar(1), GRUPO_BIEN varchar(2), CLASE_BIEN varchar(2),
  FAMILIA_BIEN varchar(4), ITEM_BIEN varchar(4), MARCA numeric(5,0), CLASIFICADOR varchar(20), MAYOR varchar(4),
  SUB_CTA varchar(8), OPERACION numeric(10,0), ACTIVO_FIJO varchar(1), TIPO_ACTIVO varchar(1), FECHA_ENTRADA datetime,
  CANT_ADQUIRIDO numeric(20,6), MEDIDA_ADQUIS numeric(3,0), CANT_RECIBIDO numeric(20,6), CANT_ARTICULO numeric(20,6),
  UNIDAD_MEDIDA numeric(3,0), CANT_DEVUELTA numeric(20,6), PRECIO_UNIT numeric(16,6), PRECIO_MONEDA numeric(16,6),
  MONEDA varchar(5), VALOR_TOTAL numeric(16,4), FECHA_MOVIMTO datetime, INDI_RECIBIDO char(1), PRECIO_PROMED
  numeric(16,6), TIPO_DESTINO varchar(2), MODAL_DESTINO varchar(2), FLAG_DESTINO varchar(1), MES_PROCESO varchar(2),
  CANT_ATENDIDA numeric(20,6), STOCK_ACTUAL numeric(20,6), VALOR_ACTUAL numeric(16,4), TIPO_MOVIMTO_ORIG varchar(1),
  TIPO_TRANSAC_ORIG numeric(2,0), TIPO_PPTO_ORIG numeric(1,0), NRO_MOVIMTO_ORIG numeric(6,0), SECUENCIA_ORIG
  numeric(2,0), SEC_DETALLE_ORIG numeric(5,0), FLAG_INTERFASE varchar(1), FECHA_INTERFASE datetime, FECHA_REG
  datetime, CUSER_ID varchar(30), EQUIPO_REG varchar(20), TIPO_MARCA varchar(1), NOMBRE_INTERFASE varchar(50), ANO_PPA
  numeric(4,0), NRO_PPA numeric(5,0), FLAG_EXO_IMPTO varchar(1), FLAG_CREDITO_FISCAL varchar(1), CONSUMO_INTERFASE
  varchar(2), TIPO_USO varchar(1), ITEM_BIEN_DET numeric(5,0), ESTADO_RECEPCION char(1), ID_CLASIFICADOR char(7),
  especificaciones text, SEC_MODELO numeric(3,0), ESTADO_RECEP_ALM varchar(1), FECHA_EST_RECEP datetime,
  CUSER_EST_RECEP varchar(30), FECHA_GENERA_EA datetime, NRO_MOVIMTO_DEST numeric(6,0), FECHA_PENALIDAD datetime,
  PRIMARY KEY (sec_ejec, ANO_EJE, ALMACEN, SEC_ALMACEN, TIPO_MOVIMTO, TIPO_TRANSAC, TIPO_PPTO, NRO_MOVIMTO, SECUENCIA,
  SEC_DETALLE));
CREATE TABLE SIG_DETALLE_ITEM_ALMACEN (
  sec_ejec numeric(6,0) NOT NULL, ANO_EJE numeric(4,0) NOT NULL, ALMACEN varchar(3) NOT NULL, SEC_ALMACEN varchar(3)
  NOT NULL, TIPO_MOVIMTO varchar(1) NOT NULL, TIPO_TRANSAC numeric(2,0) NOT NULL, TIPO_PPTO numeric(1,0) NOT NULL,
  NRO_MOVIMTO numeric(6,0) NOT NULL, SECUENCIA numeric(2,0) NOT NULL, SEC_ITEM numeric(5,0) NOT NULL, TIPO_BIEN
  varchar(1), GRUPO_BIEN varchar(2), CLASE_BIEN varchar(2), FAMILIA_BIEN varchar(4), ITEM_BIEN varchar(4), MARCA
  numeric(5,0), ACTIVO_FIJO varchar(1), CANT_ADQUIRIDO numeric(20,6), MEDIDA_ADQUIS numeric(3,0), CANT_RECIBIDO
  numeric(20,6), CANT_ARTICULO numeric(20,6), UNIDAD_MEDIDA numeric(3,0), PRECIO_UNIT numeric(16,6), VALOR_TOTAL
  numeric(16,4), PRESENTACION numeric(5,0), FECHA_REG datetime, CUSER_ID varchar(30), EQUIPO_REG varchar(20),
  TIPO_MARCA varchar(1), SEC_MODELO numeric(3,0), especificaciones text, NRO_DEVENGADO numeric(7,0), SEC_DEVENGADO
  numeric(7,0), ESTADO_RECEP_ALM varchar(1), FECHA_EST_RECEP datetime, NRO_MOVIMTO_DEST numeric(5,0), PRIMARY KEY
  (sec_ejec, ANO_EJE, ALMACEN, SEC_ALMACEN, TIPO_MOVIMTO, TIPO_TRANSAC, TIPO_PPTO, NRO_MOVIMTO, SECUENCIA, SEC_ITEM));
CREATE TABLE SIG_SECUENCIA_MOV_ALMACEN (
  sec_ejec numeric(6,0) NOT NULL, ANO_EJE numeric(4,0) NOT NULL, ALMACEN varchar(3) NOT NULL, SEC_ALMACEN varchar(3)
  NOT NULL, TIPO_MOVIMTO varchar(1) NOT NULL, TIPO_TRANSAC numeric(2,0) NOT NULL, TIPO_PPTO numeric(1,0) NOT NULL,
  NRO_MOVIMTO numeric(6,0) NOT NULL, SECUENCIA numeric(2,0) NOT NULL, PRIMARY KEY (sec_ejec, ANO_EJE, ALMACEN,
  SEC_ALMACEN, TIPO_MOVIMTO, TIPO_TRANSAC, TIPO_PPTO, NRO_MOVIMTO, SECUENCIA));
CREATE TABLE SIG_DETALLE_PECOSA (
  ANO_EJE numeric(4,0) NOT NULL, sec_ejec numeric(6,0) NOT NULL, TIPO_BIEN varchar(1) NOT NULL, TIPO_PEDIDO char(1)
  NOT NULL, NRO_PEDIDO varchar(6) NOT NULL, SECUENCIA numeric(4,0) NOT NULL, SEC_ATENCION numeric(2,0) NOT NULL, MARCA
  numeric(5,0), NRO_LOTE varchar(15), FECHA_EXPIRACION datetime, PRECIO_UNIT numeric(16,6), CANT_ATENDIDA
  numeric(20,6), CANT_APROBADA numeric(20,6), NRO_PECOSA numeric(6,0), TIPO_MARCA varchar(1), ANO_MOVIMTO
  numeric(4,0), TIPO_MOVIMTO varchar(1), TIPO_TRANSAC numeric(2,0), NRO_MOVIMTO numeric(6,0), PRECIO_MOVIMTO
  numeric(16,6), valor_total numeric(16,2), ITEM_BIEN_DET numeric(5,0), PRIMARY KEY (ANO_EJE, sec_ejec, TIPO_BIEN,
  TIPO_PEDIDO, NRO_PEDIDO, SECUENCIA, SEC_ATENCION));
CREATE TABLE SIG_KARDEX_POR_ALMACEN (
  SEC_EJEC numeric(6,0) NOT NULL, ANO_EJE numeric(4,0) NOT NULL, MES_PROCESO char(2) NOT NULL, ALMACEN varchar(3) NOT
  NULL, SEC_ALMACEN varchar(3) NOT NULL, TIPO_BIEN varchar(1) NOT NULL, CODIGO_BIEN varchar(12) NOT NULL, MARCA
  numeric(5,0) NOT NULL, CLASIFICADOR varchar(20) NOT NULL, MAYOR varchar(4) NOT NULL, SUB_CTA varchar(8) NOT NULL,
  TIPO_USO varchar(1) NOT NULL, TIPO_PPTO numeric(1,0) NOT NULL, SECUENCIA numeric(6,0) NOT NULL, CORRELATIVO
  varchar(4) NOT NULL, GRUPO_BIEN varchar(2) NOT NULL, CLASE_BIEN varchar(2) NOT NULL, FAMILIA_BIEN varchar(4) NOT
  NULL, ITEM_BIEN varchar(4) NOT NULL, NRO_ENCARGO numeric(6,0), SEC_EJEC2 numeric(6,0), OPERACION numeric(10,0),
  CANT_INVENT numeric(20,6), CANT_BUENO numeric(20,6), STOCK_INICIAL numeric(20,6), CANT_INGRESO numeric(20,6),
  CANT_EGRESO numeric(20,6), STOCK_ACTUAL numeric(20,6), PRECIO_PROMED numeric(16,6), SALDO_VALOR numeric(18,4),
  VALOR_INGRESO numeric(16,2), VALOR_EGRESO numeric(16,2), SALDO_INICIAL numeric(18,4), ACTIVO_FIJO char(1),
  STOCK_ENERO numeric(16,4), CONS_ENERO numeric(16,4), PRECIO_INVENT numeric(16,6), CANT_AJUSTE numeric(20,6),
  FACTOR_AJUSTE numeric(20,6), VALOR_AJUSTE numeric(16,2), FECHA_REG datetime, CUSER_ID varchar(30), EQUIPO_REG
  varchar(20), TIPO_MARCA varchar(1), ITEM_BIEN_DET numeric(5,0), UNIDAD_MEDIDA numeric(3,0), ID_CLASIFICADOR char(7),
  PRIMARY KEY (SEC_EJEC, ANO_EJE, MES_PROCESO, ALMACEN, SEC_ALMACEN, TIPO_BIEN, CODIGO_BIEN, MARCA, CLASIFICADOR,
  MAYOR, SUB_CTA, TIPO_USO, TIPO_PPTO, SECUENCIA, CORRELATIVO));
CREATE TABLE SIG_KARDEX_INVENTARIO (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, MES_PROCESO numeric(2,0) NOT NULL, ALMACEN varchar(3)
  NOT NULL, SEC_ALMACEN varchar(3) NOT NULL, TIPO_PPTO numeric(1,0) NOT NULL, TIPO_BIEN varchar(1) NOT NULL,
  CODIGO_BIEN varchar(12) NOT NULL, SECUENCIA numeric(6,0) NOT NULL, CORRELATIVO numeric(4,0) NOT NULL, GRUPO_BIEN
  varchar(2), CLASE_BIEN varchar(2), FAMILIA_BIEN varchar(4), ITEM_BIEN varchar(4), TIPO_MARCA varchar(1), MARCA
  numeric(5,0), CLASIFICADOR varchar(20), MAYOR varchar(4), SUB_CTA varchar(8), TIPO_USO varchar(1), NRO_ENCARGO
  numeric(6,0), SEC_EJEC2 numeric(6,0), CANT_INVENT numeric(20,6), CANT_BUENO numeric(20,6), STOCK_ACTUAL
  numeric(20,6), FECHA_REG datetime, CUSER_ID varchar(30), EQUIPO_REG varchar(20), ITEM_BIEN_DET numeric(5,0),
  UNIDAD_MEDIDA numeric(3,0), ID_CLASIFICADOR char(7), nro_inventario numeric(6,0) NOT NULL, precio_promed
  numeric(16,6), fec_reg_inventario datetime, cant_defectuoso numeric(20,6), cant_saldo_inv numeric(20,6), NRO_LOTE
  varchar(15), FECHA_EXPIRACION datetime, PRIMARY KEY (ANO_EJE, SEC_EJEC, MES_PROCESO, ALMACEN, SEC_ALMACEN,
  TIPO_PPTO, TIPO_BIEN, CODIGO_BIEN, SECUENCIA, CORRELATIVO, nro_inventario));
CREATE TABLE SIG_KARDEX_INVENTARIO_CAB (
  ano_eje numeric(4,0) NOT NULL, sec_ejec numeric(6,0) NOT NULL, nro_inventario numeric(6,0) NOT NULL, mes_proceso
  numeric(2,0) NOT NULL, almacen varchar(3) NOT NULL, sec_almacen varchar(3) NOT NULL, secuencia numeric(6,0) NOT
  NULL, fec_inventario datetime NOT NULL, jefe_almacen varchar(15) NOT NULL, dir_regional varchar(50) NOT NULL,
  responsable varchar(15) NOT NULL, inventariador varchar(80), observaciones varchar(200), est_inventario char(1) NOT
  NULL, tipo_uso varchar(1), fec_reg_inventario datetime, TIPO_INVENTARIO varchar(2), PRIMARY KEY (ano_eje, sec_ejec,
  nro_inventario, mes_proceso, almacen, sec_almacen, secuencia));

-- F. patrimonio
CREATE TABLE SIG_PATRIMONIO (
  SEC_EJEC numeric(6,0) NOT NULL, TIPO_MODALIDAD numeric(1,0) NOT NULL, SECUENCIA numeric(8,0) NOT NULL, CODIGO_ACTIVO
  varchar(12), TIPO_PATRIM numeric(2,0), CLASE_PATRIM numeric(2,0), SUBTIPO numeric(2,0), TIPO_PPTO numeric(1,0),
  FLAG_SBN varchar(1), ESTADO varchar(1), TIPO_BIEN varchar(1), GRUPO_BIEN varchar(2), CLASE_BIEN varchar(2),
  FAMILIA_BIEN varchar(4), ITEM_BIEN varchar(4), DESCRIPCION varchar(200), TIPO_ACTIVO varchar(1), TIPO_DOC_REFER
  varchar(3), TIPO_DOCUMENTO varchar(3), NRO_DOCUMENTO varchar(10), VALOR_NEA numeric(16,6), FECHA_NEA datetime, SEDE
  numeric(4,0), pliego varchar(3), CENTRO_COSTO varchar(15), EMPLEADO varchar(15), EMPLEADO_FINAL varchar(15),
  TIPO_UBICAC numeric(3,0), COD_UBICAC varchar(3), MODELO varchar(40), MEDIDAS varchar(30), NRO_SERIE varchar(50),
  MARCA numeric(5,0), ESTADO_ACTUAL varchar(1), ESTADO_CONSERV varchar(1), FECHA_MOVIMTO datetime, FECHA_COMPRA
  datetime, VALOR_COMPRA numeric(16,6), NRO_ORDEN numeric(7,0), PROVEEDOR numeric(5,0), NRO_PECOSA numeric(6,0),
  FECHA_ALTA datetime, ALMACEN varchar(3), SEC_ALMACEN varchar(3), FLAG_ETIQUETA varchar(1), FECHA_ETIQUET datetime,
  FLAG_SALIDA varchar(1), FEC_FIN_VIDA datetime, VIDA_UTIL numeric(16,6), VALOR_UIT numeric(8,4), MODAL_DEPREC
  varchar(1), FACTOR_AJUSTE numeric(9,6), TASA_DEPREC numeric(8,4), VALOR_INICIAL numeric(16,2), VALOR_DEPREC
  numeric(16,2), ANO_PROCESO numeric(4,0), MES_PROCESO varchar(2), HVALOR_INICIAL numeric(16,2), HDEPR_INICIAL
  numeric(16,2), HDEPR_PERIODO numeric(16,2), HDEPR_EJERCICIO numeric(16,2), AVALOR_INICIAL numeric(16,2),
  ADEPR_INICIAL numeric(16,2), ADEPR_PERIODO numeric(16,2), ADEPR_ACUMUL numeric(16,2), ADEPR_EJERCICIO numeric(16,2),
  FECHA_PROCESO datetime, ESTADO_VALOR varchar(1), FECHA_VALOR datetime, TIPO_CAUSAL numeric(2,0), CLASE_CAUSAL
  numeric(2,0), FEC_BAJA_CTBLE datetime, FEC_BAJA_FISICA datetime, OBSERV_BAJA varchar(150), CODIGO_BARRA varchar(15),
  INVENT_SCANER varchar(1), TIPO_MOV_INGR varchar(1), TIPO_TRAN_INGR numeric(2,0), NRO_MOV_INGR numeric(6,0),
  NRO_MOV_BAJA numeric(6,0), NRO_MOV_TRANS numeric(6,0), CLASIFICADOR varchar(20), ANO_EJE numeric(4,0), SUB_CTA
  varchar(8), MAYOR varchar(4), FLAG_CONTRATO varchar(1), NRO_CONTRATO varchar(50), FECHA_GARANTIA datetime,
  FECHA_GARANTIA_FIN datetime, FLAG_APTO varchar(1), FLAG_REPARACION varchar(1), ESTADO_CUSTODIA varchar(1),
  FECHA_CUSTODIA datetime, MOTIVO varchar(250), ITEM_PROCESO varchar(35), SEC_CONTRATO varchar(10), FLAG_COMPARTIDO
  varchar(1), FECHA_ACT datetime, EQUIPO_ACT varchar(20), FECHA_REG datetime, CUSER_ID varchar(30), EQUIPO_REG
  varchar(20), OBSERVACIONES varchar(300), FLAG_UBICA varchar(1), OBSERV_FISICO varchar(250), FLAG_PECOSA varchar(1),
  CARACTERISTICAS varchar(300), TIPO_MARCA varchar(1), TIPO_CAMBIO numeric(10,6), hdepr_ajustada numeric(16,2),
  adepr_ajustada numeric(16,2), mayor_baja varchar(4), sub_cta_baja varchar(8), flag_familia_sbn varchar(1),
  valor_bien numeric(16,6), NRO_PECOSA_TRANS numeric(6,0), FEC_PECOSA_TRANS datetime, FLAG_TRANSFERIR varchar(1),
  TIPO_MODA_INST varchar(1), SEC_TRANSFERIR numeric(8,0), ESTADO_CONSERV_FIN varchar(1), TIPO_MOVI_NEA varchar(1),
  TIPO_TRAN_NEA numeric(2,0), PAIS varchar(4), NRO_EXPEDIENTE_BAJA varchar(20), MONEDA varchar(5), ID_CLASIFICADOR
  char(7), CODIGO_ITEM_ORIG varchar(12), CODIGO_ACTIVO_ORIG varchar(12), DESCRIPCION_ORIG varchar(200), SEC_MODELO
  numeric(3,0), flag_esni varchar(1), SEC_SOBRANTE numeric(8,0), FLAG_SBN_ACTIVO varchar(1), FECHA_MOD datetime,
  CUSER_MOD varchar(30), EQUIPO_MOD varchar(20), IND_COMPONETIZABLE varchar(1), VIDA_UTIL_MESES numeric(5,0),
  FLAG_DEVOLUCION varchar(1), IND_TIPO_DEPREC varchar(1), IND_MODI_TIPO_DEPREC varchar(1), FEC_FIN_AFECTA_USO
  datetime, UNIDAD_MEDIDA numeric(3,0), CANT_TOTAL_PRODUCIDA numeric(16,6), VALOR_INICIAL_ORIG numeric(16,2),
  VALOR_DEPREC_ORIG numeric(16,2), COD_FONDO varchar(4), COD_DIV varchar(6), FLAG_DEPR_SALDO varchar(1),
  SALDO_VALOR_INICIAL numeric(16,2), FECHA_ALTA_ORIGEN datetime, PRIMARY KEY (SEC_EJEC, TIPO_MODALIDAD, SECUENCIA));
CREATE TABLE SIG_MOVIM_PATRIMONIO (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, TIPO_MODALIDAD numeric(1,0) NOT NULL, SECUENCIA
  numeric(8,0) NOT NULL, FACTOR_AJUSTE numeric(9,6), TASA_DEPREC numeric(8,4), HVALOR_INICIAL numeric(16,2),
  HDEPR_INICIAL numeric(16,2), HDEPR_AJUSTADA numeric(16,2), HDEPR_PERIODO numeric(16,2), HDEPR_EJERCICIO
  numeric(16,2), AVALOR_INICIAL numeric(16,2), ADEPR_INICIAL numeric(16,2), ADEPR_AJUSTADA numeric(16,2),
  ADEPR_PERIODO numeric(16,2), ADEPR_EJERCICIO numeric(16,2), HVALOR_INICIAL_ORIG numeric(16,2), HDEPR_INICIAL_ORIG
  numeric(16,2), HVALOR_DETERIORO numeric(16,2), SALDO_VALOR_INICIAL numeric(16,2), M_TASA_DEPREC numeric(8,4),
  M_HVALOR_INICIAL numeric(16,2), M_HDEPR_INICIAL numeric(16,2), M_SALDO_VALOR_INICIAL numeric(16,2), PRIMARY KEY
  (ANO_EJE, SEC_EJEC, TIPO_MODALIDAD, SECUENCIA));
CREATE TABLE SIG_DET_MOVIM_PATRIMONIO (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, TIPO_MODALIDAD numeric(1,0) NOT NULL, SECUENCIA
  numeric(8,0) NOT NULL, CODIGO_ACTIVO varchar(12), TIPO_PATRIM numeric(2,0), CLASE_PATRIM numeric(2,0), SUBTIPO
  numeric(2,0), TIPO_PPTO numeric(1,0), FLAG_SBN varchar(1), ESTADO varchar(1), TIPO_BIEN varchar(1), GRUPO_BIEN
  varchar(2), CLASE_BIEN varchar(2), FAMILIA_BIEN varchar(4), ITEM_BIEN varchar(4), DESCRIPCION varchar(200),
  VALOR_BIEN numeric(16,6), TIPO_ACTIVO varchar(1), MONEDA varchar(5), TIPO_CAMBIO numeric(10,6), TIPO_DOC_REFER
  varchar(3), TIPO_DOCUMENTO varchar(3), NRO_DOCUMENTO varchar(10), VALOR_NEA numeric(16,6), FECHA_NEA datetime, SEDE
  numeric(4,0), pliego varchar(3), CENTRO_COSTO varchar(15), EMPLEADO varchar(15), EMPLEADO_FINAL varchar(15),
  TIPO_UBICAC numeric(3,0), COD_UBICAC varchar(3), CARACTERISTICAS varchar(300), OBSERVACIONES varchar(300), MODELO
  varchar(40), MEDIDAS varchar(30), NRO_SERIE varchar(50), TIPO_MARCA varchar(1), MARCA numeric(5,0), ESTADO_ACTUAL
  varchar(1), ESTADO_CONSERV varchar(1), ESTADO_CONSERV_FIN varchar(1), FECHA_MOVIMTO datetime, FECHA_COMPRA datetime,
  VALOR_COMPRA numeric(16,6), NRO_ORDEN numeric(7,0), PROVEEDOR numeric(5,0), NRO_PECOSA numeric(6,0), FECHA_ALTA
  datetime, ALMACEN varchar(3), SEC_ALMACEN varchar(3), FLAG_ETIQUETA varchar(1), FECHA_ETIQUET datetime, FLAG_SALIDA
  varchar(1), FEC_FIN_VIDA datetime, VIDA_UTIL numeric(16,6), VALOR_UIT numeric(8,4), MODAL_DEPREC varchar(1),
  FACTOR_AJUSTE numeric(9,6), TASA_DEPREC numeric(8,4), VALOR_INICIAL numeric(16,2), VALOR_DEPREC numeric(16,2),
  ANO_PROCESO numeric(4,0), MES_PROCESO varchar(2), HVALOR_INICIAL numeric(16,2), HDEPR_INICIAL numeric(16,2),
  HDEPR_AJUSTADA numeric(16,2), HDEPR_PERIODO numeric(16,2), HDEPR_EJERCICIO numeric(16,2), AVALOR_INICIAL
  numeric(16,2), ADEPR_INICIAL numeric(16,2), ADEPR_AJUSTADA numeric(16,2), ADEPR_PERIODO numeric(16,2), ADEPR_ACUMUL
  numeric(16,2), ADEPR_EJERCICIO numeric(16,2), FECHA_PROCESO datetime, ESTADO_VALOR varchar(1), FECHA_VALOR datetime,
  TIPO_CAUSAL numeric(2,0), CLASE_CAUSAL numeric(2,0), FEC_BAJA_CTBLE datetime, FEC_BAJA_FISICA datetime, OBSERV_BAJA
  varchar(150), CODIGO_BARRA varchar(15), INVENT_SCANER varchar(1), TIPO_MOV_INGR varchar(1), TIPO_TRAN_INGR
  numeric(2,0), NRO_MOV_INGR numeric(6,0), NRO_MOV_BAJA numeric(6,0), NRO_MOV_TRANS numeric(6,0), CLASIFICADOR
  varchar(20), SUB_CTA varchar(8), MAYOR varchar(4), MAYOR_BAJA varchar(4), SUB_CTA_BAJA varchar(8), FLAG_CONTRATO
  varchar(1), NRO_CONTRATO varchar(50), FECHA_GARANTIA datetime, FECHA_GARANTIA_FIN datetime, FLAG_APTO varchar(1),
  FLAG_REPARACION varchar(1), ESTADO_CUSTODIA varchar(1), FECHA_CUSTODIA datetime, MOTIVO varchar(250), ITEM_PROCESO
  varchar(35), SEC_CONTRATO varchar(10), FLAG_COMPARTIDO varchar(1), FLAG_UBICA varchar(1), OBSERV_FISICO
  varchar(250), FLAG_PECOSA varchar(1), FLAG_FAMILIA_SBN varchar(1), PROYECTO numeric(3,0), FONDO numeric(3,0),
  CODIGO_DESTINO varchar(15), FLAG_DEVOLUCION varchar(1), NRO_PECOSA_TRANS numeric(6,0), FEC_PECOSA_TRANS datetime,
  FLAG_TRANSFERIR varchar(1), TIPO_MODA_INST varchar(1), SEC_TRANSFERIR numeric(8,0), TIPO_MOVI_NEA varchar(1),
  TIPO_TRAN_NEA numeric(2,0), NRO_EXPEDIENTE_BAJA varchar(20), PAIS varchar(4), FECHA_ACT datetime, EQUIPO_ACT
  varchar(20), FECHA_REG datetime, CUSER_ID varchar(30), EQUIPO_REG varchar(20), SEC_MODELO numeric(3,0), flag_esni
  varchar(1), SEC_SOBRANTE numeric(8,0), FLAG_SBN_ACTIVO varchar(1), IND_COMPONETIZABLE varchar(1), VIDA_UTIL_MESES
  numeric(5,0), IND_TIPO_DEPREC varchar(1), IND_MODI_TIPO_DEPREC varchar(1), FEC_FIN_AFECTA_USO datetime,
  UNIDAD_MEDIDA numeric(3,0), CANT_TOTAL_PRODUCIDA numeric(16,6), VALOR_INICIAL_ORIG numeric(16,2), VALOR_DEPREC_ORIG
  numeric(16,2), COD_FONDO varchar(4), COD_DIV varchar(6), FLAG_DEPR_SALDO varchar(1), FECHA_ALTA_ORIGEN datetime,
  PRIMARY KEY (ANO_EJE, SEC_EJEC, TIPO_MODALIDAD, SECUENCIA));
CREATE TABLE SIG_ASIGNACIONES (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, TIPO_MODALIDAD numeric(1,0) NOT NULL, SECUENCIA
  numeric(8,0) NOT NULL, NRO_ASIGNAC numeric(5,0) NOT NULL, EMPLEADO_FINAL varchar(15), EMPLEADO varchar(15),
  EMPLEADO_AUTO varchar(15), SEDE numeric(4,0), pliego varchar(3), CENTRO_COSTO varchar(15), EMPLEADO_FINAL_ENTR
  varchar(15), EMPLEADO_ENTREGA varchar(15), CENTRO_ENTREGA varchar(15), FECHA_ASIG datetime, ESTADO_ACTIVO
  varchar(1), MOTIVO varchar(250), DOC_REFERENCIA varchar(50), NRO_INTERNO numeric(5,0), FECHA_REG datetime, CUSER_ID
  varchar(30), EQUIPO_REG varchar(20), sede_entrega numeric(4,0), pliego_entrega varchar(3), TIPO_UBICAC numeric(3,0),
  COD_UBICAC varchar(3), MES_ASIG varchar(2), TIPO_UBICAC_ENTR numeric(3,0), COD_UBICAC_ENTR varchar(3),
  ID_CORRELATIVO varchar(50), OBSERVACIONES varchar, PRIMARY KEY (ANO_EJE, SEC_EJEC, TIPO_MODALIDAD, SECUENCIA,
  NRO_ASIGNAC));
CREATE TABLE SIG_MOVIM_ASIGNACION (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, TIPO_MODALIDAD numeric(1,0) NOT NULL, SECUENCIA
  numeric(8,0) NOT NULL, NRO_ASIGNAC numeric(5,0) NOT NULL, SEC_ASIGNAC numeric(3,0) NOT NULL, EMPLEADO varchar(15),
  EMPLEADO_AUTO varchar(15), TIPO_UBICAC numeric(3,0), COD_UBICAC varchar(3), FECHA_REG datetime, CUSER_ID
  varchar(30), PRIMARY KEY (ANO_EJE, SEC_EJEC, TIPO_MODALIDAD, SECUENCIA, NRO_ASIGNAC, SEC_ASIGNAC));
CREATE TABLE SIG_DETALLE_ACTIVOS (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, MES_PROCESO varchar(2) NOT NULL, TIPO_MOVIMTO
  varchar(1) NOT NULL, NRO_MOVIMTO numeric(6,0) NOT NULL, NRO_SECUENCIA numeric(6,0) NOT NULL, TIPO_MODALIDAD
  numeric(1,0) NOT NULL, SECUENCIA numeric(8,0) NOT NULL, NRO_ORDEN numeric(7,0), MONTO_ORDEN numeric(16,2),
  ESTADO_SALIDA varchar(1), OBSERV_SALIDA varchar(250), FECHA_RETORNO datetime, ESTADO_RETORNO varchar(1),
  OBSERV_RETORNO varchar(250), ANO_SALIDA numeric(4,0), MES_SALIDA varchar(2), NRO_SALIDA numeric(6,0), CENTRO_COSTO
  varchar(15), EMPLEADO varchar(15), EMPLEADO_FINAL varchar(15), TIPO_UBICAC numeric(3,0), COD_UBICAC varchar(3),
  PRIMARY KEY (ANO_EJE, SEC_EJEC, MES_PROCESO, TIPO_MOVIMTO, NRO_MOVIMTO, NRO_SECUENCIA, TIPO_MODALIDAD, SECUENCIA));
CREATE TABLE SIG_INVENTARIO_FISICO (
  ANO_EJE numeric(4,0) NOT NULL, sec_ejec numeric(6,0) NOT NULL, NRO_INVENTARIO numeric(4,0) NOT NULL, NOMBRE
  varchar(150), FECHA_REG datetime, CUSER_ID varchar(30), EQUIPO_REG varchar(20), fecha_movimto datetime,
  IND_TIPO_INVENTARIO varchar(2), FECHA_MODIF_REG datetime, FECHA_PROC_COMP datetime, FECHA_FIN_INVENT datetime,
  PRIMARY KEY (ANO_EJE, sec_ejec, NRO_INVENTARIO));
CREATE TABLE SIG_DETALLE_INVENT_FISICO (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, TIPO_MODALIDAD numeric(1,0) NOT NULL, SECUENCIA
  numeric(8,0) NOT NULL, NRO_INVENTARIO numeric(4,0) NOT NULL, FLAG_UBICA varchar(1), FLAG_VERIF_DIGITAL varchar(2),
  PRIMARY KEY (ANO_EJE, SEC_EJEC, TIPO_MODALIDAD, SECUENCIA, NRO_INVENTARIO));
CREATE TABLE SIG_PATRIMONIO_INM (
  SEC_EJEC numeric(6,0) NOT NULL, SECUENCIA numeric(8,0) NOT NULL, CODIGO_SINABIP numeric(6,0), TIPO_PATRIM
  numeric(2,0), CLASE_PATRIM numeric(2,0), SUBTIPO numeric(2,0), TIPO_PPTO numeric(1,0), ESTADO varchar(1), TIPO_BIEN
  varchar(1), GRUPO_BIEN varchar(2), CLASE_BIEN varchar(2), FAMILIA_BIEN varchar(4), ITEM_BIEN varchar(4), DESCRIPCION
  varchar(200), NOMBRE_INMUEBLE varchar(200), MAYOR varchar(4), SUB_CTA varchar(8), ESTADO_CONDICION varchar(1),
  MOTIVO_CANCELACION varchar(1), ESTADO_SANEAMIENTO varchar(1), ESTADO_INFORMACION varchar(1), DEPARTAMENTO
  varchar(2), PROVINCIA varchar(2), DISTRITO varchar(2), TIPO_VIA varchar(1), DIRECCION varchar(50), NUMERO
  varchar(5), INTERIOR varchar(5), MANZANA varchar(5), LOTE varchar(5), PISO varchar(5), HABILITACION varchar(1),
  SECTOR varchar(5), REFERENCIA varchar(200), FECHA_ALTA datetime, TIPO_ALTA numeric(2,0), FECHA_BAJA datetime,
  NRO_RESOLUCION_BAJA varchar(50), FECHA_RESOLUCION_BAJA datetime, GLOSA_BAJA varchar(200), TIPO_BAJA numeric(2,0),
  REPRESENTANTE_TIPO_PERSONA varchar(1), REPRESENTANTE_NRO_DOCUMENTO varchar(20), REPRESENTANTE_NOMBRE varchar(30),
  REPRESENTANTE_EMPRESA varchar(50), ADJ_ACTA_CONSTITUCION varchar(1) NOT NULL, IND_CERTIFICADO_VIGENCIA_PODER
  varchar(1) NOT NULL, ADJ_ACTA_DONACION varchar(1) NOT NULL, ADJ_DOCUMENTOS_ALTA varchar(1) NOT NULL,
  ADJ_DOCUMENTOS_BAJA varchar(1) NOT NULL, IND_SOLICITUD_DACION varchar(1) NOT NULL, IND_ACTA_DECOMISO varchar(1) NOT
  NULL, IND_SENTENCIA varchar(1) NOT NULL, IND_SOLICITUD_TRANSFERENCIA varchar(1) NOT NULL, NRO_RESOLUCION
  varchar(20), ADJ_ACTA_RESOLUCION varchar(1) NOT NULL, OBSERVACIONES_ALTA varchar(200), ADJ_PARTIDA_REGISTRAL
  varchar(1) NOT NULL, ADJ_PLANO_PERIMIETRICO varchar(1) NOT NULL, ADJ_PLANO_UBICAC varchar(1) NOT NULL,
  ADJ_MEMORIA_DESCRIPT varchar(1) NOT NULL, ADJ_TASACION varchar(1) NOT NULL, ADJ_FOTOGRAFIAS varchar(1) NOT NULL,
  ANO_EJE numeric(4,0), MES_PROCESO varchar(2), TIPO_MOVIMTO varchar(1), FECHA_MOVIMTO datetime, SEDE numeric(4,0),
  NRO_RESOLUC varchar(40), FLAG_CIERRE varchar(1), FECHA_CIERRE datetime, RP_TITULAR varchar(50), RP_OFICINA
  varchar(50), RP_FECHA_INSCRIPCION datetime, RP_TOMO varchar(10), RP_FOJAS varchar(8), RP_ASIENTO varchar(8),
  RP_FICHA varchar(10), RP_PARTIDA_ELECTRONICA varchar(10), RP_CODIGO_PREDIO varchar(10), RP_AREA_TERRENO
  numeric(16,2), RP_AREA_CONSTRUIDA numeric(16,2), RP_OBSERVACIONES varchar(200), TIPO_INMUEBLE_A varchar(2), NRO_ACTA
  varchar(40), FECHA_ACTA datetime, FECHA_RESOL datetime, SEC_EJEC2 numeric(6,0), COD_MODALIDAD int, PAIS varchar(4),
  IND_INSTITUCIONAL varchar(1), FLAG_IMPORT varchar(1), FECHA_REG datetime, CUSER_ID varchar(30), EQUIPO_REG
  varchar(20), FECHA_MOD datetime, CUSER_MOD varchar(30), EQUIPO_MOD varchar(20), ADJ_CERTIFICADO_PARAM varchar(1),
  VALOR_IMPTO_RENTA numeric(16,2), VALOR_GASTO_NOT_REG numeric(16,2), ADJ_INFORME_TECNICO varchar(1), ANO_EJE_II
  numeric(4,0), MES_PROCESO_II varchar(2), PRIMARY KEY (SEC_EJEC, SECUENCIA));
CREATE TABLE SIG_INM_UNIDAD_ACTIVO (
  SEC_EJEC numeric(6,0) NOT NULL, SECUENCIA numeric(8,0) NOT NULL, SEC_UNIDAD_ACTIVO numeric(6,0) NOT NULL,
  DESCRIPCION varchar(60), TIPO_B varchar(2), AREA_TERRENO numeric(16,2), VALOR_TOTAL_CALCULADO numeric(16,2) NOT
  NULL, CODIGO_ITEM varchar(12), TIPO_BAJA numeric(2,0), FECHA_BAJA datetime, NRO_RESOLUCION_BAJA varchar(50),
  FECHA_RESOLUCION_BAJA datetime, GLOSA_BAJA varchar(200), UBICACION varchar(200), ESTADO varchar(1), ANO_EJE
  numeric(4,0), MAYOR varchar(4), SUB_CTA varchar(8), ANO_BAJA numeric(4,0), MES_BAJA varchar(2), COD_MODALIDAD
  numeric(38,0), ESTADO_CONSERV varchar(1), FLAG_IMPORT varchar(1), FECHA_REG datetime, CUSER_ID varchar(30),
  EQUIPO_REG varchar(20), FECHA_MOD datetime, CUSER_MOD varchar(30), EQUIPO_MOD varchar(20), ESTADO_CONSERV_FIN
  varchar(1), COD_PROYECTO varchar(10), COD_CONSTRUCCION varchar(10), TIPO_PROCEDENCIA varchar(2), DOCUM_PROCEDENCIA
  varchar(50), FECHA_PROCEDENCIA datetime, ANO_EJE_II numeric(4,0), MES_PROCESO_II varchar(2), PRIMARY KEY (SEC_EJEC,
  SECUENCIA, SEC_UNIDAD_ACTIVO));
CREATE TABLE SIG_INM_COMPONENTE (
  SEC_EJEC numeric(6,0) NOT NULL, SECUENCIA numeric(8,0) NOT NULL, SEC_UNIDAD_ACTIVO numeric(6,0) NOT NULL,
  SEC_COMPONENTE numeric(6,0) NOT NULL, CODIGO_ITEM varchar(12), DENOMINACION varchar(60), TASA_DEPRECIACION
  numeric(8,4) NOT NULL, VALOR_SOLES numeric(16,2) NOT NULL, ADEPR_ACUMUL numeric(16,2) NOT NULL, MAYOR varchar(4),
  SUB_CTA varchar(8), VIDA_UTIL numeric(16,6), FECHA_ALTA datetime, FEC_FIN_VIDA datetime, SALDO_VIDA_UTIL
  numeric(16,6), SALDO_VIDA_UTIL_MESES numeric(3,0), SEC_COMPONENTE_SUSTITUIR numeric(6,0), UBICACION varchar(200),
  ESTADO varchar(1), ANO_EJE numeric(4,0), ESTADO_CONSERV varchar(1), COD_MODALIDAD int, CODIGO_TIPO_UA varchar(2),
  FECHA_ADQUISICION datetime, TIPO_ALTA numeric(2,0), VALOR_INICIAL_REV_COSTO numeric(16,2), DEPREC_ACUMUL_REV_COSTO
  numeric(16,2), VALOR_INICIAL_REV_AJUSTE numeric(16,2), DEPREC_ACUMUL_REV_AJUSTE numeric(16,2), CODIGO_ALTA
  numeric(38,0), VALOR_DETERIORO numeric(16,2), VALOR_SOLES_HIS numeric(16,2), ADEPR_ACUMUL_HIS numeric(16,2),
  VIDA_UTIL_HIS numeric(16,2), TASA_DEPRECIACION_HIS numeric(16,4), ADEPR_ACUMUL_IMPORT numeric(16,2),
  DEPREC_ACUMUL_COSTO_IMPORT numeric(16,2), DEPREC_ACUMUL_AJUSTE_IMPORT numeric(16,2), VALOR_INICIAL_COSTO_IMPORT
  numeric(16,2), VALOR_INICIAL_AJUSTE_IMPORT numeric(16,2), DEPREC_INI_COSTO numeric(16,2), DEPREC_INI_AJUSTE
  numeric(16,2), FLAG_IMPORT varchar(1), FECHA_REG datetime, CUSER_ID varchar(30), EQUIPO_REG varchar(20), FECHA_MOD
  datetime, CUSER_MOD varchar(30), EQUIPO_MOD varchar(20), COD_FONDO varchar(4), COD_DIV varchar(6), COD_PROYECTO
  varchar(10), COD_CONSTRUCCION varchar(10), CODIGO_SINABIP_SEC numeric(10,0), ANO_EJE_II numeric(4,0), MES_PROCESO_II
  varchar(2), PRIMARY KEY (SEC_EJEC, SECUENCIA, SEC_UNIDAD_ACTIVO, SEC_COMPONENTE));

-- G. tesorería y viáticos
CREATE TABLE SIG_TES_CAJA_CHICA (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, SEC_CAJA numeric(4,0) NOT NULL, COD_CAJA varchar(6),
  COD_CAJA_PRIN varchar(3), COD_CAJA_DEP varchar(3), NOM_CAJA varchar(150), SEDE numeric(4,0), EMPLEADO_PRIN
  varchar(15), EMPLEADO_SUPL varchar(15), NRO_DOC_ASIGNACION varchar(20), FEC_DOC_ASIGNACION datetime, DIAS_RENDICION
  numeric(2,0), OBSERVACIONES varchar(250), FEC_APERTURA datetime, ESTADO char(1), FECHA_REG datetime, CUSER_ID
  varchar(30), EQUIPO_REG varchar(20), aux_empleado_prin varchar(15), aux_empleado_supl varchar(15), aux_ccosto_resp
  varchar(15), aux_empleado_resp varchar(15), aux_fec_apertura datetime, aux_folios numeric(5,0), FLAG_CTRL_PAO_PROY
  varchar(1), PRIMARY KEY (ANO_EJE, SEC_EJEC, SEC_CAJA));
CREATE TABLE SIG_TES_CAJA_CHICA_DGASTO (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, SEC_CAJA numeric(4,0) NOT NULL, SEC_MOVIMTO
  numeric(10,0) NOT NULL, ORIGEN varchar(1) NOT NULL, FUENTE_FINANC varchar(2) NOT NULL, SEC_FUNC numeric(4,0) NOT
  NULL, CLASIFICADOR varchar(20) NOT NULL, SEC_GASTO numeric(4,0) NOT NULL, FECHA_GASTO datetime, CONCEPTO_GASTO
  varchar(250), MONTO_GASTO numeric(16,2), PRIMARY KEY (ANO_EJE, SEC_EJEC, SEC_CAJA, SEC_MOVIMTO, ORIGEN,
  FUENTE_FINANC, SEC_FUNC, CLASIFICADOR, SEC_GASTO));
CREATE TABLE SIG_TES_RECIBO_INGRESO (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, SEC_RECIBO numeric(6,0) NOT NULL, NRO_RECIBO
  numeric(10,0) NOT NULL, FEC_RECIBO datetime, MES_RECIBO varchar(2), TIPO_ORIGEN char(1), COD_CAJA numeric(4,0),
  ORIGEN varchar(1), FUENTE_FINANC varchar(2), COD_PERSONA numeric(10,0), MOTIVO varchar(250), VALOR_TOTAL
  numeric(16,2), TIPO_PAGO char(1), BANCO varchar(3), NRO_DOC_PAGO varchar(20), FEC_DOC_PAGO datetime, ESTADO char(1),
  ESTADO_SIAF char(1), EXP_SIAF numeric(10,0), TIPO_OPERACION char(1), FECHA_REG datetime, CUSER_ID varchar(30),
  EQUIPO_REG varchar(20), flag_intf char(1), sec_ejec_siaf numeric(6,0), FECHA_MOD datetime, CUSER_MOD varchar(30),
  EQUIPO_MOD varchar(20), TIPO_PLANILLA_REMU varchar(6), TIPO_DEVOLUCION char(1), ANIO_DEVOLUCION numeric(4,0),
  NRO_COMPR_PAGO varchar(20), PRIMARY KEY (ANO_EJE, SEC_EJEC, SEC_RECIBO));
CREATE TABLE SIG_PROY_PLANILLA_VIATICO (
  ANO_EJEC numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, SEC_ITEM_PLA_PAS numeric(5,0) NOT NULL,
  SEC_ITEM_VIATICO numeric(6,0) NOT NULL, SEC_DESTINO numeric(6,0), TIPO_VIAJE varchar(1), FECHA_INICIO_VIAJE
  datetime, FECHA_FIN_VIAJE datetime, NRO_DIAS numeric(4,2), MONTO_DIARIO_VIATICO_SOLES numeric(16,2),
  MONTO_STOTAL_VIATICO_SOLES numeric(16,2), OBSERVACION varchar(250), FECHA_REG datetime, ESTADO varchar(1),
  TIPO_CAMBIO numeric(16,4), MONEDA varchar(15), MONTO_DIARIO_VIATICO_MONEDA numeric(16,2),
  MONTO_STOTAL_VIATICO_MONEDA numeric(16,2), TIPO_OPCION varchar(1), HORA_INICIO numeric(2,0), HORA_FIN numeric(2,0),
  NRO_HORAS numeric(2,0), hora_inicio_dt datetime, hora_fin_dt datetime, nro_minutos numeric(2,0), fecini_viaje_reprog
  datetime, fecfin_viaje_reprog datetime, hora_inicio_reprog numeric(2,0), hora_fin_reprog numeric(2,0),
  hora_inicio_dt_reprog datetime, hora_fin_dt_reprog datetime, PRIMARY KEY (ANO_EJEC, SEC_EJEC, SEC_ITEM_PLA_PAS,
  SEC_ITEM_VIATICO));
CREATE TABLE SIG_PLANILLA_SNP (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, SEC_PLANILLA numeric(6,0) NOT NULL, TIPO_PLANILLA
  char(1) NOT NULL, FECHA_EJECUCION datetime, PERIODO_ANO int, PERIODO_MES int, NRO_CUADRO int, NRO_ORDEN int, ESTADO
  char(1), RESPONSABLE varchar(15), GLOSA varchar(250), FECHA_REG datetime, CUSER_ID varchar(30), EQUIPO_REG
  varchar(20), TIPO_PPTO numeric(1,0), SEC_EJEC2 numeric(6,0), FLAG_TESORO varchar(1), PRIMARY KEY (ANO_EJE, SEC_EJEC,
  SEC_PLANILLA, TIPO_PLANILLA));

-- H. transmisión
CREATE TABLE SIG_TRANS_PROGRA (
  SEC_EJEC numeric(10,0) NOT NULL, DIA numeric(2,0) NOT NULL, ESTADO varchar(1) NOT NULL, PRIMARY KEY (SEC_EJEC,
  DIA));
CREATE TABLE SIG_TRANS_PROGRA_HOR (
  SEC_EJEC numeric(10,0) NOT NULL, TIPO varchar(1) NOT NULL, HORA varchar(8) NOT NULL, ESTADO varchar(1) NOT NULL,
  PRIMARY KEY (SEC_EJEC, TIPO, HORA));
CREATE TABLE SIG_TRANS_ENVIO (
  SEC_EJEC numeric(10,0) NOT NULL, ANO_EJE numeric(4,0) NOT NULL, SECUENCIA numeric(6,0) NOT NULL, FECHA_ENVIO
  datetime, FECHA_REG datetime, CUSER_ID varchar(30), EQUIPO_REG varchar(20), TIPO varchar(1), MODO varchar(1), SERS
  numeric(2,0), HORA varchar(8), DIA numeric(2,0), PRIMARY KEY (SEC_EJEC, ANO_EJE, SECUENCIA));
CREATE TABLE SI_PRG_TABLAS_TRANSFER (
  SEC_TTRANSFER numeric(6,0) NOT NULL, NOMBRE_TABLA varchar(100), NOMBRE_CAMPO varchar(100), DESC_CAMPO varchar(100),
  PARAMETRO_1 varchar(100), PARAMETRO_2 varchar(100), PRIMARY KEY (SEC_TTRANSFER));
CREATE TABLE LOG_TIPOS_TRANSMISIONES (
  TIPO_ENVIO varchar(1) NOT NULL, TRANSACCIONES numeric(2,0) NOT NULL, DESCRIPCIONES varchar(100), VECES numeric(1,0)
  NOT NULL, FRECUENCIA varchar(10), PRIMARY KEY (TIPO_ENVIO, TRANSACCIONES));
CREATE TABLE LOG_TRANSFERENCIA (
  ID_LOG numeric(6,0) NOT NULL, SEC_EJEC numeric(4,0) NOT NULL, ANO_TRANSMITIDO numeric(4,0) NOT NULL, TIPO_ENVIO
  varchar(1) NOT NULL, TRANSACCION numeric(2,0) NOT NULL, MES_TRANSMITIDO numeric(2,0), FECHA_ENVIO datetime NOT NULL,
  USUARIO varchar(100), MENSAJE varchar(600), IP varchar(20), NOMBRE_PC varchar(20), ESTADO numeric(1,0) NOT NULL,
  PRIMARY KEY (ID_LOG, SEC_EJEC, ANO_TRANSMITIDO, TIPO_ENVIO, TRANSACCION));
CREATE TABLE SIG_INT_TRANSMISION (
  CODIGO_TABLA varchar(10) NOT NULL, NOMBRE_TABLA varchar(150) NOT NULL, ORIGEN_TRANSMISION varchar(2) NOT NULL,
  OPCION_TRANSMISION varchar(2) NOT NULL, ORDEN_TRANSMISION varchar(2) NOT NULL, ESTADO varchar(1) NOT NULL, PRIMARY
  KEY (CODIGO_TABLA));
CREATE TABLE SI_PEDIDO_TRX (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, ID_SI_PEDIDO numeric(10,0) NOT NULL, TIPO_PEDIDO
  char(1) NOT NULL, TIPO_BIEN char(1) NOT NULL, NRO_PEDIDO varchar(6) NOT NULL, CENTRO_COSTO varchar(15) NOT NULL,
  D_CENTRO_COSTO varchar(100) NOT NULL, FECHA_PEDIDO datetime NOT NULL, MES_PEDIDO char(2) NOT NULL, MOTIVO_PEDIDO
  varchar(500) NOT NULL, SEC_FUNC numeric(16,0) NOT NULL, FINALIDAD char(10), TIPO_USO char(1) NOT NULL, ESTADO
  char(1) NOT NULL, D_FINALIDAD varchar(250) NOT NULL, META char(5) NOT NULL, UNIDAD_MEDIDA_META char(3) NOT NULL,
  D_UNIDAD_MEDIDA_META varchar(100) NOT NULL, EMPLEADO varchar(15), D_EMPLEADO varchar(60), FECHA_CARGA_INICIO
  datetime, FECHA_CARGA_FIN datetime, FECHA_ENVIO datetime, USUARIO_ENVIO char(4), PRIMARY KEY (ANO_EJE, SEC_EJEC,
  ID_SI_PEDIDO));
CREATE TABLE SI_PEDIDO_DETA_TRX (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, ID_SI_PEDIDO numeric(10,0) NOT NULL,
  ID_SI_PEDIDO_DETA numeric(10,0) NOT NULL, ITEM_CATALOGO varchar(20) NOT NULL, D_ITEM_CATALOGO char(150) NOT NULL,
  UNIDAD_MEDIDA_ITEM_BS numeric(3,0) NOT NULL, D_UNIDAD_MEDIDA_ITEM_BS varchar(100) NOT NULL, CLASIFICADOR char(20)
  NOT NULL, CANT_SOLICITADA numeric(16,6) NOT NULL, PRECIO_UNIT numeric(16,6) NOT NULL, VALOR_TOTAL numeric(16,2) NOT
  NULL, NRO_ORDEN numeric(18,0), NRO_CUADRO numeric(18,0) NOT NULL, ESTADO_PED char(1) NOT NULL, CANT_APROBADA
  numeric(16,6), CANT_ATENDIDA numeric(16,6), NRO_PECOSA numeric(18,0), FECHA_PECOSA datetime, FECHA_CARGA_INICIO
  datetime, FECHA_CARGA_FIN datetime, FECHA_ENVIO datetime, USUARIO_ENVIO char(4), PRIMARY KEY (ANO_EJE, SEC_EJEC,
  ID_SI_PEDIDO, ID_SI_PEDIDO_DETA));
CREATE TABLE SI_ORDEN_TRX (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, ID_SI_ORDEN numeric(10,0) NOT NULL, NRO_ORDEN
  varchar(10), TIPO_BIEN varchar(1), FECHA_ORDEN datetime, CONCEPTO_ORDEN varchar(350), PROVEEDOR_NRO_RUC varchar(11),
  D_PROVEEDOR varchar(100), PROVEEDOR_GIRO varchar(250), MONTO_SUBTOTAL numeric(16,2), MONTO_DESCUENTO numeric(16,2),
  MONTO_TOTAL numeric(16,2), NRO_CONTRATO varchar(50), FECHA_CONTRATO datetime, DOCUMENTO_REFERENCIA varchar(100),
  EXPEDIENTE_SIAF numeric(10,0), NRO_PROCESO_SELECCION varchar(50), GLOSA_ORDEN varchar(4000), ESTADO_ORDEN
  varchar(1), ESTADO_SIAF varchar(1), FECHA_CARGA_INICIO datetime, FECHA_CARGA_FIN datetime, FECHA_ENVIO datetime,
  USUARIO_ENVIO varchar(30), PRIMARY KEY (ANO_EJE, SEC_EJEC, ID_SI_ORDEN));
CREATE TABLE SI_ORDEN_DETA_TRX (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, ID_SI_ORDEN numeric(10,0) NOT NULL, ID_SI_ORDEN_DETA
  numeric(10,0) NOT NULL, NRO_ORDEN varchar(10), TIPO_BIEN varchar(1), ITEM_CATALOGO varchar(20), D_ITEM_CATALOGO
  varchar(100), GRUPO_BS varchar(2), CLASE_BS varchar(2), FAMILIA_BS varchar(4), ITEM_BS varchar(4), CANTIDAD_ITEM_BS
  numeric(16,6), PRECIO_UNITARIO numeric(16,6), PRECIO_TOTAL numeric(16,6), UNIDAD_MEDIDA_ITEM_BS numeric(3,0),
  D_UNIDAD_MEDIDA_ITEM_BS varchar(100), ESPECIFICACIONES_ITEM_BS varchar(4000), SEC_FUNC numeric(4,0), CLASIFICADOR
  varchar(20), FUENTE_FINANCIAMIENTO varchar(2), FUNCION varchar(2), PROGRAMA varchar(3), SUB_PROGRAMA varchar(4),
  ACT_PROY varchar(7), COMPONENTE varchar(7), META varchar(5), UNIDAD_MEDIDA_META varchar(3), D_UNIDAD_MEDIDA_META
  varchar(100), DEPARTAMENTO_META varchar(2), PROVINCIA_META varchar(2), DISTRITO_META varchar(2), FINALIDAD
  varchar(10), D_FINALIDAD varchar(250), PROGRAMA_INSTITUCIONAL varchar(6), FECHA_CARGA_INICIO datetime,
  FECHA_CARGA_FIN datetime, FECHA_ENVIO datetime, USUARIO_ENVIO varchar(30), sub_finalidad varchar(7), PRIMARY KEY
  (ANO_EJE, SEC_EJEC, ID_SI_ORDEN, ID_SI_ORDEN_DETA));
CREATE TABLE SI_CONTRATO_TRX (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, ID_SI_CONTRATO numeric(10,0) NOT NULL, NRO_CONTRATO
  varchar(50), TIPO_BIEN varchar(1), FECHA_CONTRATO datetime, CONCEPTO_CONTRATO varchar(350), PROVEEDOR_NRO_RUC
  varchar(11), D_PROVEEDOR varchar(100), FECHA_INICIO datetime, FECHA_FIN datetime, MONEDA_PAGO varchar(6),
  FECHA_CARGA_INICIO datetime, NRO_DOCUMENTO varchar(50), FECHA_CARGA_FIN datetime, FECHA_ENVIO datetime,
  USUARIO_ENVIO varchar(30), PROVEEDOR numeric(5,0), PRIMARY KEY (ANO_EJE, SEC_EJEC, ID_SI_CONTRATO));
CREATE TABLE SI_CONTRATO_DETA_TRX (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, ID_SI_CONTRATO numeric(10,0) NOT NULL,
  ID_SI_CONTRATO_DETA numeric(10,0) NOT NULL, ANO_PROCESO numeric(4,0), MES_PROCESO varchar(2), ESTADO varchar(20),
  NRO_ORDEN numeric(7,0), TIPO varchar(1), MONTO_EJECUTADO numeric(16,2), MONTO_IMPORTE numeric(16,2), FECHA_ORDEN
  datetime, FECHA_CARGA_INICIO datetime, FECHA_CARGA_FIN datetime, FECHA_ENVIO datetime, USUARIO_ENVIO varchar(30),
  PRIMARY KEY (ANO_EJE, SEC_EJEC, ID_SI_CONTRATO, ID_SI_CONTRATO_DETA));
CREATE TABLE SI_MOVIMIENTO_ALMACEN_TRX (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, ID_SI_MOV_ALM numeric(10,0) NOT NULL, NRO_MOVIMIENTO
  numeric(6,0), FECHA_MOVIMIENTO datetime, NRO_GUIA_NEA varchar(10), PROVEEDOR_NRO_RUC varchar(11), D_PROVEEDOR
  varchar(100), NRO_ORDEN numeric(7,0), NRO_FACTURA varchar(15), TIPO_MOVIMIENTO varchar(1), TIPO_TRANSACCION
  numeric(2,0), NOMBRE_MOVIMIENTO varchar(50), EMPLEADO varchar(15), D_EMPLEADO varchar(200), TIPO_USO varchar(1),
  OBSERVACION varchar(100), ALMACEN varchar(3), SEC_ALMACEN varchar(3), D_ALMACEN varchar(40), TIPO_PRESUPUESTO
  numeric(1,0), FECHA_CARGA_INICIO datetime, FECHA_CARGA_FIN datetime, FECHA_ENVIO datetime, USUARIO_ENVIO
  varchar(30), PRIMARY KEY (ANO_EJE, SEC_EJEC, ID_SI_MOV_ALM));
CREATE TABLE SI_MOVIMIENTO_ALMACEN_DETA_TRX (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, ID_SI_MOV_ALM numeric(10,0) NOT NULL,
  ID_SI_MOV_ALM_DETA numeric(10,0) NOT NULL, ITEM_CATALOGO varchar(20), D_ITEM_CATALOGO varchar(150), CANTIDAD_ITEM_BS
  numeric(16,6), PRECIO_UNITARIO numeric(16,6), PRECIO_TOTAL numeric(16,6), UNIDAD_MEDIDA_ITEM_BS numeric(3,0),
  D_UNIDAD_MEDIDA_ITEM_BS varchar(100), MARCA numeric(5,0), D_MARCA varchar(100), TIPO_USO varchar(1), CLASIFICADOR
  varchar(20), SEC_FUNC numeric(4,0), FINALIDAD varchar(7), D_FINALIDAD varchar(250), META varchar(5),
  UNIDAD_MEDIDA_META varchar(3), D_UNIDAD_MEDIDA_META varchar(100), FECHA_CARGA_INICIO datetime, FECHA_CARGA_FIN
  datetime, FECHA_ENVIO datetime, USUARIO_ENVIO varchar(30), PRIMARY KEY (ANO_EJE, SEC_EJEC, ID_SI_MOV_ALM,
  ID_SI_MOV_ALM_DETA));
CREATE TABLE SI_PATRIMONIO_TRX (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, ID_SI_PATRIMONIO numeric(10,0) NOT NULL, TIPO_BIEN
  varchar(1), ITEM_CATALOGO varchar(20), D_ITEM_CATALOGO varchar(100), TIPO_DOCUMENTO varchar(3), VALOR_NEA
  numeric(16,6), FECHA_NEA datetime, MEDIDAS varchar(30), ESTADO_ACTUAL varchar(1), ESTADO_CONSERVACION varchar(1),
  FECHA_COMPRA datetime, VALOR_COMPRA numeric(16,6), NRO_ORDEN numeric(7,0), FECHA_FIN_VIDA datetime, VIDA_UTIL
  numeric(8,6), TIPO_MODALIDAD numeric(1,0), CENTRO_COSTO varchar(15), D_CENTRO_COSTO varchar(150), CODIGO_ACTIVO
  varchar(12), DESCRIPCION_ACTIVO varchar(200), MODELO varchar(40), NRO_SERIE varchar(20), CODIGO_MARCA numeric(5,0),
  NOMBRE_MARCA varchar(10), ESTADO_ACTIVO varchar(1), FECHA_CARGA_INICIO datetime, FECHA_CARGA_FIN datetime,
  FECHA_ENVIO datetime, USUARIO_ENVIO varchar(30), ANO_PROCESO numeric(4,0), MES_PROCESO numeric(2,0), SEDE
  numeric(3,0), D_SEDE varchar(50), COD_ESTABLEC numeric(5,0), COD_ESTABLEC_SIS varchar(20), D_COD_ESTABLEC
  varchar(200), COD_CATEGORIA numeric(5,0), D_CORTO_COD_CATEGORIA varchar(20), ANO_PATRIMONIO numeric(4,0),
  MES_PATRIMONIO varchar(2), DES_MES_PATRIMONIO varchar(150), FECHA_MOVIMTO_PATRI datetime, VALOR_NETO numeric(16,2),
  SUB_CTA varchar(15), NOM_SUB_CTA varchar(150), SECTOR_AMBITO varchar(2), ASIGNACION varchar(12), DEPREC_ACUMULADA
  numeric(16,2), COD_OGEI varchar(20), PRIMARY KEY (ANO_EJE, SEC_EJEC, ID_SI_PATRIMONIO));
CREATE TABLE SI_PROGRAMACION_TRX (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, ID_SI_PROGRAMACION numeric(10,0) NOT NULL, NRO_FASE
  numeric(2,0), ESTRATEGIA_NACIONAL varchar(4), FUNCION varchar(2), PROGRAMA varchar(3), SUB_PROGRAMA varchar(4),
  ACT_PROY varchar(7), COMPONENTE varchar(7), META varchar(5), D_META varchar(200), UNIDAD_MEDIDA_META varchar(3),
  D_UNIDAD_MEDIDA_META varchar(100), SEC_FUNC numeric(4,0), FINALIDAD varchar(10), D_FINALIDAD varchar(250),
  SUB_FINALIDAD varchar(7), D_SUB_FINALIDAD varchar(200), SEDE numeric(4,0), D_SEDE varchar(50), COD_ESTABLEC
  numeric(6,0), D_COD_ESTABLEC varchar(200), COD_CATEGORIA numeric(2,0), D_COD_CATEGORIA varchar(50),
  D_CORTO_COD_CATEGORIA varchar(20), MONTO numeric(19,2), CANTIDAD numeric(20,3), FECHA_CARGA_INICIO datetime,
  FECHA_CARGA_FIN datetime, FECHA_ENVIO datetime, USUARIO_ENVIO varchar(30));
CREATE TABLE SI_PROGRAMACION_DETA_TRX (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, ID_SI_PROGRAMACION numeric(10,0) NOT NULL,
  ID_SI_PROGRAMACION_DETA numeric(10,0) NOT NULL, CENTRO_COSTO varchar(15), D_CENTRO_COSTO varchar(150), TIPO_BIEN
  varchar(1), ITEM_CATALOGO varchar(20), D_ITEM_CATALOGO varchar(100), UNIDAD_MEDIDA_ITEM_BS numeric(3,0),
  D_UNIDAD_MEDIDA_ITEM_BS varchar(100), PRECIO_REF numeric(20,6), CANT_COMPRA numeric(20,0), PREC_COMPRA
  numeric(20,6), CLASIFICADOR varchar(20), ORIGEN_FUENTE varchar(1), FUENTE_FINANC varchar(2), FECHA_CARGA_INICIO
  datetime, FECHA_CARGA_FIN datetime, FECHA_ENVIO datetime, USUARIO_ENVIO varchar(30), SECUENCIA numeric(10,0),
  ITEM_SEC numeric(6,0));
CREATE TABLE SI_PROGRAMACION_ID_KIT_TRX (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, ID_SI_PROGRAMACION numeric(10,0) NOT NULL,
  ID_SI_PROGRAMACION_DETA numeric(10,0) NOT NULL, ID_ITEM_ID numeric(6,0) NOT NULL, ITEM_SEC numeric(6,0) NOT NULL,
  ID_KIT numeric(8,0), TIPO_CALCULO numeric(3,0), CANTIDAD_UNITARIA numeric(19,10), CANT_TOTAL numeric(14,2),
  FECHA_CARGA_INICIO datetime, FECHA_CARGA_FIN datetime, FECHA_ENVIO datetime, USUARIO_ENVIO varchar(30));
CREATE TABLE SI_PRG_META_TRX (
  ANO_EJE numeric(4,0) NOT NULL, NRO_FASE numeric(2,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, SEC_FUNC numeric(4,0)
  NOT NULL, FUNCION varchar(2), SECTOR varchar(2) NOT NULL, PROGRAMA varchar(3), PLIEGO varchar(3) NOT NULL,
  SUB_PROGRAMA varchar(4), ACT_PROY varchar(7), COMPONENTE varchar(7), META varchar(5) NOT NULL, FINALIDAD varchar(5),
  NOMBRE varchar(150), MONTO numeric(19,2), CANTIDAD numeric(20,3), UNIDAD_MEDIDA numeric(3,0), D_UNIDAD_MEDIDA
  varchar(100), PAIS varchar(4), DEPARTAMENTO varchar(2), PROVINCIA varchar(2), DISTRITO varchar(2), ESTADO
  varchar(1), FLAG_ACT_PROY varchar(1), FLAG_ESTRATEGIA varchar(1), ESTRATEGIA_NACIONAL varchar(4), TIPO_TAREA
  char(1), NIVEL_TAREA char(1), TAREA_GENERAL numeric(4,0), SEC_FUNC_REQ numeric(4,0), TIPO_ESTRATEGIA varchar(1),
  PROGRAMA_INSTITUCIONAL varchar(6), FECHA_CARGA_INICIO datetime, FECHA_CARGA_FIN datetime, FECHA_ENVIO datetime,
  USUARIO_ENVIO varchar(30), PRIMARY KEY (ANO_EJE, NRO_FASE, SEC_EJEC, SEC_FUNC));
CREATE TABLE SI_PRG_META_EJECUTORA_TRX (
  ANO_EJE numeric(4,0) NOT NULL, TIPO_PLANTILLA numeric(2,0) NOT NULL, NRO_FASE numeric(2,0) NOT NULL, SEC_FUNC
  numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, SECUENCIA numeric(5,0) NOT NULL, TIPO_BIEN varchar(1) NOT
  NULL, GRUPO_BIEN varchar(2) NOT NULL, CLASE_BIEN varchar(2) NOT NULL, FAMILIA_BIEN varchar(4) NOT NULL, ITEM_BIEN
  varchar(4) NOT NULL, D_ITEM_BIEN varchar(100), ESTRATEGIA_NACIONAL varchar(4), FUNCION varchar(2), PROGRAMA
  varchar(3), SUB_PROGRAMA varchar(4), ACT_PROY varchar(7), COMPONENTE varchar(7), FINALIDAD varchar(5), PRECIO_REF
  numeric(20,6), UNIDAD_MEDIDA numeric(3,0), D_UNIDAD_MEDIDA varchar(100), CANT_COMPRA numeric(20,0), PREC_COMPRA
  numeric(20,6), CLASIFICADOR varchar(20), FUENTE_FINANC varchar(2), ORIGEN_FUENTE varchar(1), PROGRAMA_INSTITUCIONAL
  varchar(6), FECHA_CARGA_INICIO datetime, FECHA_CARGA_FIN datetime, FECHA_ENVIO datetime, USUARIO_ENVIO varchar(30),
  PRIMARY KEY (ANO_EJE, TIPO_PLANTILLA, NRO_FASE, SEC_FUNC, SEC_EJEC, SECUENCIA));
CREATE TABLE SI_REGISTRO_INM_TRX (
  SEC_EJEC numeric(6,0) NOT NULL, SECUENCIA numeric(8,0) NOT NULL, SEC_UNIDAD_ACTIVO numeric(6,0) NOT NULL,
  SEC_COMPONENTE numeric(6,0) NOT NULL, CODIGO_ITEM varchar(12), DENOMINACION varchar(60), TASA_DEPRECIACION
  numeric(8,4) NOT NULL, VALOR_SOLES numeric(16,2) NOT NULL, ADEPR_ACUMUL numeric(16,2) NOT NULL, MAYOR_C varchar(4),
  SUB_CTA_C varchar(8), VIDA_UTIL numeric(8,6), FECHA_ALTA_UA datetime, FEC_FIN_VIDA datetime, SALDO_VIDA_UTIL
  numeric(8,6), SALDO_VIDA_UTIL_MESES numeric(3,0), SEC_COMPONENTE_SUSTITUIR numeric(6,0), UBICACION_C varchar(100),
  ESTADO_C varchar(1), ANO_EJE numeric(4,0), DESCRIPCION_UA varchar(60), TIPO_B varchar(2), AREA_TERRENO
  numeric(16,2), VALOR_TOTAL_CALCULADO numeric(16,2) NOT NULL, TIPO_BAJA numeric(2,0), FECHA_BAJA datetime,
  NRO_RESOLUCION_BAJA varchar(40), FECHA_RESOLUCION_BAJA datetime, GLOSA_BAJA varchar(200), UBICACION_UA varchar(100),
  ESTADO_UA varchar(1), MAYOR_UA varchar(4), SUB_CTA_UA varchar(8), ANO_BAJA numeric(4,0), MES_BAJA varchar(2),
  CODIGO_SINABIP numeric(6,0), TIPO_PATRIM numeric(2,0), CLASE_PATRIM numeric(2,0), SUBTIPO numeric(2,0), TIPO_PPTO
  numeric(1,0), ESTADO_P varchar(1), TIPO_BIEN varchar(1), GRUPO_BIEN varchar(2), CLASE_BIEN varchar(2), FAMILIA_BIEN
  varchar(4), ITEM_BIEN varchar(4), DESCRIPCION varchar(200), NOMBRE_INMUEBLE varchar(200), MAYOR_P varchar(4),
  SUB_CTA_P varchar(8), ESTADO_CONDICION varchar(1), MOTIVO_CANCELACION varchar(1), ESTADO_SANEAMIENTO varchar(1),
  ESTADO_INFORMACION varchar(1), DEPARTAMENTO varchar(2), PROVINCIA varchar(2), DISTRITO varchar(2), TIPO_VIA
  varchar(1), DIRECCION varchar(50), NUMERO varchar(5), INTERIOR varchar(5), MANZANA varchar(5), LOTE varchar(5), PISO
  varchar(5), HABILITACION varchar(1), SECTOR varchar(5), REFERENCIA varchar(200), FECHA_ALTA_P datetime, TIPO_ALTA
  numeric(2,0), REPRESENTANTE_TIPO_PERSONA varchar(1), REPRESENTANTE_NRO_DOCUMENTO varchar(20), REPRESENTANTE_NOMBRE
  varchar(30), REPRESENTANTE_EMPRESA varchar(50), ADJ_ACTA_CONSTITUCION varchar(1) NOT NULL,
  IND_CERTIFICADO_VIGENCIA_PODER varchar(1) NOT NULL, ADJ_ACTA_DONACION varchar(1) NOT NULL, ADJ_DOCUMENTOS_ALTA
  varchar(1) NOT NULL, ADJ_DOCUMENTOS_BAJA varchar(1) NOT NULL, IND_SOLICITUD_DACION varchar(1) NOT NULL,
  IND_ACTA_DECOMISO varchar(1) NOT NULL, IND_SENTENCIA varchar(1) NOT NULL, IND_SOLICITUD_TRANSFERENCIA varchar(1) NOT
  NULL, NRO_RESOLUCION varchar(20), ADJ_ACTA_RESOLUCION varchar(1) NOT NULL, OBSERVACIONES_ALTA varchar(200),
  ADJ_PARTIDA_REGISTRAL varchar(1) NOT NULL, ADJ_PLANO_PERIMIETRICO varchar(1) NOT NULL, ADJ_PLANO_UBICAC varchar(1)
  NOT NULL, ADJ_MEMORIA_DESCRIPT varchar(1) NOT NULL, ADJ_TASACION varchar(1) NOT NULL, ADJ_FOTOGRAFIAS varchar(1) NOT
  NULL, MES_PROCESO varchar(2), TIPO_MOVIMTO varchar(1), FECHA_MOVIMTO datetime, SEDE numeric(4,0), NRO_RESOLUC
  varchar(40), FLAG_CIERRE varchar(1), FECHA_CIERRE datetime, RP_TITULAR varchar(50), RP_OFICINA varchar(50),
  RP_FECHA_INSCRIPCION datetime, RP_TOMO varchar(10), RP_FOJAS varchar(8), RP_ASIENTO varchar(8), RP_FICHA
  varchar(10), RP_PARTIDA_ELECTRONICA varchar(10), RP_CODIGO_PREDIO varchar(10), RP_AREA_TERRENO numeric(16,2),
  RP_AREA_CONSTRUIDA numeric(16,2), RP_OBSERVACIONES varchar(200), TIPO_INMUEBLE_A varchar(2), NRO_ACTA varchar(40),
  FECHA_ACTA datetime, FECHA_RESOL datetime, SEC_EJEC2 numeric(6,0));
CREATE TABLE SI_INVENTARIO_INM_TRX (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, NRO_INVENTARIO numeric(2,0) NOT NULL,
  NOMBRE_INVENTARIO varchar(50), FECHA_INVENTARIO datetime, RESOLUCION varchar(20), ESTADO varchar(1),
  SEC_UNIDAD_ACTIVO numeric(8,0) NOT NULL, DENOMINACION_UA varchar(60), IND_VERIFICA_UA varchar(1) NOT NULL,
  IND_SOBRANTE_UA varchar(1) NOT NULL, IND_FALTANTE_UA varchar(1) NOT NULL, OBSERVACIONES_1_UA varchar(200),
  OBSERVACIONES_2_UA varchar(200), OBSERVACIONES_3_UA varchar(200), CODIGO_ITEM varchar(12), ESTADO_CONSERV_UA
  varchar(1), CODIGO_TIPO_UA varchar(2), UBICACION varchar(100), SECUENCIA numeric(8,0) NOT NULL, DENOMINACION_INM
  varchar(60), IND_VERIFICA_P varchar(1) NOT NULL, IND_SOBRANTE_P varchar(1) NOT NULL, IND_FALTANTE_P varchar(1) NOT
  NULL, OBSERVACIONES_1_P varchar(200), OBSERVACIONES_2_P varchar(200), OBSERVACIONES_3_P varchar(200), SEDE
  numeric(4,0), CODIGO_TIPO_INM varchar(2), ESTADO_CONSERV_P varchar(1));
CREATE TABLE SI_RESUMEN_TRX (
  ANO_EJE numeric(4,0), ID_SI_RESUMEN numeric(10,0), FINALIDAD char(10), SEC_EJEC numeric(6,0), D_SEC_EJEC
  varchar(250), MONTO_PIM numeric(14,2), MONTO_PEDIDO numeric(14,2), MONTO_ORDEN numeric(14,2), MONTO_ENTRADA_ALMACEN
  numeric(14,2), MONTO_PECOSA numeric(14,2), D_FINALIDAD varchar(250), CANT_PEDIDO numeric(18,0));
CREATE TABLE SI_TRANS_ORDEN (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, SECTOR varchar(2) NOT NULL, NOM_SECTOR varchar(155),
  PLIEGO varchar(3) NOT NULL, NOM_PLIEGO varchar(156), NOM_EJECUTORA varchar(160), MES_ORDEN varchar(2), NRO_ORDEN
  varchar(10) NOT NULL, FECHA_ORDEN datetime, FECHA_CONTRATO datetime, TIPO_PROCESO varchar(2), NRO_PROC_SEL
  varchar(50), PROVEEDOR_NRO_RUC varchar(11), D_PROVEEDOR varchar(100), TIPO_BIEN varchar(1), GRUPO_BIEN varchar(2),
  GRUPO_NOMBRE varchar(150), CLASE_BIEN varchar(2), CLASE_NOMBRE varchar(150), FAMILIA_BIEN varchar(4), FAMILIA_NOMBRE
  varchar(150), ITEM_BIEN varchar(4), ITEM_NOMBRE varchar(150), CANTIDAD_ITEM numeric(16,6), PRECIO_UNITARIO
  numeric(16,6), MONEDA varchar(6), MONTO_SOLES numeric(16,2), UNIDAD_MEDIDA_ORDEN numeric(3,0), UNIDAD_MEDIDA_ITEM_BS
  numeric(3,0), D_UNIDAD_MEDIDA_ITEM_BS varchar(150), FECHA_RECEPCION datetime, PLAZO_ENTREGA numeric(4,0),
  FECHA_INTERNAMIENTO datetime, CATEGORIA_PPTO varchar(210), PROGRAMA_PPTO varchar(4), PROGRAMA_NOMBRE varchar(257),
  PRODUCTO varchar(7), PRODUCTO_NOMBRE varchar(260), SUBPRODUCTO varchar(7), SUBPRODUCTO_NOMBRE varchar(210),
  FUENTE_FINANCIAMIENTO varchar(37), GENERICA varchar(3), NOM_GENERICA varchar(175), SUB_GENERICA1 varchar(6),
  NOM_SUB_GENERICA1 varchar(175), SUB_GENERICA2 varchar(9), NOM_SUB_GENERICA2 varchar(175), ESPECIFICA1 varchar(12),
  NOM_ESPECIFICA1 varchar(175), ESPECIFICA2 varchar(20), NOM_ESPECIFICA2 varchar(175), CENTRO_COSTO varchar(15) NOT
  NULL, NOM_CENTRO_COSTO varchar(70), PTO_ATEN varchar(20), PTO_ATEN_NOMBRE varchar(200), PTO_ATEN_CATEGORIA
  varchar(50), SECTOR_AMBITO varchar(2), SEC_FUNC numeric(4,0), ID_SUB_FINALIDAD numeric(10,0));
CREATE TABLE SI_TRANS_PEDIDO (
  ANO_EJE numeric(4,0) NOT NULL, SECTOR varchar(2) NOT NULL, NOM_SECTOR varchar(155), PLIEGO varchar(3) NOT NULL,
  NOM_PLIEGO varchar(156), SEC_EJEC numeric(6,0) NOT NULL, NOM_EJECUTORA varchar(160), MES_PECOSA varchar(2), TIPO_USO
  varchar(1), PROGRAMA_PPTO varchar(4), PROGRAMA_NOMBRE varchar(257), PRODUCTO varchar(7), PRODUCTO_NOMBRE
  varchar(260), SUBPRODUCTO varchar(7), SUBPRODUCTO_NOMBRE varchar(210), TAREA_TIPO varchar(1), NIVEL_TAREA
  varchar(1), CODIGO_TAREA numeric(4,0), TAREA_NOMBRE varchar(150), CENTRO_COSTO varchar(15) NOT NULL,
  NOM_CENTRO_COSTO varchar(70), TIPO_BIEN varchar(1), GRUPO_BIEN varchar(2) NOT NULL, GRUPO_NOMBRE varchar(150),
  CLASE_BIEN varchar(2) NOT NULL, CLASE_NOMBRE varchar(150), FAMILIA_BIEN varchar(4) NOT NULL, FAMILIA_NOMBRE
  varchar(150), ITEM_BIEN varchar(4) NOT NULL, ITEM_NOMBRE varchar(150), UNIDAD_MEDIDA numeric(3,0), NRO_PECOSA
  numeric(6,0), NRO_PEDIDO varchar(6) NOT NULL, FECHA_PECOSA datetime, FECHA_PEDIDO datetime, CANTIDAD_ATENDIDA
  numeric(20,6), PRECIO_UNITARIO numeric(16,6), PRECIO_TOTAL numeric(16,6), PTO_ATEN varchar(20), PTO_ATEN_NOMBRE
  varchar(200), PTO_ATEN_CATEGORIA varchar(50), nombre_DPTO_PTO varchar(150), nombre_PROV_PTO varchar(150),
  nombre_DIST_PTO varchar(150), PTO_ATEN_DISA varchar(200), PTO_ATEN_RED varchar(200), PTO_ATEN_MICRORED varchar(200),
  SECTOR_AMBITO varchar(2), sec_func numeric(4,0), ubigeo varchar(6), ID_SUB_FINALIDAD numeric(10,0));
CREATE TABLE SIG_TRANS_PROGRAMACION_UE (
  ano_eje numeric(4,0) NOT NULL, fase_cuadro numeric(1,0) NOT NULL, FASE varchar(23), SEC_EJEC numeric(6,0) NOT NULL,
  SECTOR varchar(2) NOT NULL, NOM_SECTOR varchar(155), PLIEGO varchar(3) NOT NULL, NOM_PLIEGO varchar(156), EJECUTORA
  numeric(6,0) NOT NULL, NOM_EJECUTORA varchar(183), CENTRO_COSTO varchar(15) NOT NULL, NOM_CENTRO_COSTO varchar(68),
  PTO_ATEN_NOMBRE varchar(233), DESC_ESTABLEC varchar(200), PTO_ATEN numeric(6,0), PTO_ATEN_CATEGORIA numeric(3,0) NOT
  NULL, nom_categoria varchar(50), PTO_ATEN_COD_RENAES varchar(21), TIPO_PTO_ATEN varchar(8), UBIGEO varchar(6),
  PTO_ATEN_DISA varchar(200), PTO_ATEN_RED varchar(200), PTO_ATEN_MICRORED varchar(200), nombre_DPTO_PTO varchar(150),
  nombre_PROV_PTO varchar(150), nombre_DIST_PTO varchar(150), PTO_ATEN_INSTITUCION varchar(50), estado_pto char(8),
  NOM_PTO_ATEN_ESTADO varchar(9), CATEG_PPTAL varchar(210), ESTRATEGIA_NACIONAL varchar(4), META_PROG_PPTO
  varchar(210), ACT_PROY varchar(10), META_PRODUCTO varchar(275), sec_func numeric(4,0), SUB_PRODUCTO varchar(7),
  NOM_SUB_PRODUCTO varchar(210), TRAZADOR varchar(1) NOT NULL, META_FISICA numeric(25,2), tipo_uso varchar(1),
  TIPO_USO_DES varchar(21), CLASIFICADOR varchar(20), GENERICA varchar(3), NOM_GENERICA varchar(150), SUB_GENERICA1
  varchar(6), NOM_SUB_GENERICA1 varchar(150), SUB_GENERICA2 varchar(9), NOM_SUB_GENERICA2 varchar(150), ESPECIFICA1
  varchar(12), NOM_ESPECIFICA1 varchar(150), ESPECIFICA2 varchar(20), NOM_ESPECIFICA2 varchar(150), Fuente_Financ
  varchar(2), NOM_Fuente_Financ varchar(37), TIPO_BIEN varchar(1), GRUPO_BIEN_C varchar(150), CLASE_BIEN_C
  varchar(150), FAMILIA_BIEN_C varchar(150), ITEM_BIEN_C varchar(150), NOM_ITEM_BIEN varchar(150), GRUPO_BIEN
  varchar(2), CLASE_BIEN varchar(2), FAMILIA_BIEN varchar(4), ITEM_BIEN varchar(4), ITEM_CATALOGO varchar(13) NOT
  NULL, NOM_unidad_medida varchar(100), unidad_medida numeric(3,0) NOT NULL, PRECIO_UNIT numeric(16,6), CANTIDAD
  numeric(14,2), MONTO numeric(14,2), TIPO_CALCULO numeric(3,0), TIPO_COSTO_DI varchar(1), TIPO_COSTO_FV varchar(1),
  ES_ESTRATEGICO varchar(1), NIVEL varchar(10), id_kit numeric(8,0), ID_SUB_FINALIDAD numeric(10,0), NIVEL_ID
  varchar(1), PROG_RECTOR varchar(1), SECTOR_AMBITO varchar(2), SUB_PRODUCTO_UM numeric(3,0));
CREATE TABLE SGE_ADQUISICIONES_TRX (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, NRO_ORDEN numeric(7,0) NOT NULL, TIPO_BIEN varchar(1)
  NOT NULL, TIPO_PPTO numeric(2,0) NOT NULL, SECUENCIA numeric(6,0) NOT NULL, SEC_EJEC2 numeric(6,0), SECTOR
  varchar(2), PLIEGO varchar(3), TIPO_ENTIDAD numeric(2,0), GRUPO_BIEN varchar(2) NOT NULL, CLASE_BIEN varchar(2) NOT
  NULL, FAMILIA_BIEN varchar(4) NOT NULL, ITEM_BIEN varchar(4) NOT NULL, CANT_ITEM numeric(16,6), UNIDAD_MEDIDA
  numeric(3,0), PRECIO_UNIT numeric(16,6), MONTO_SOLES numeric(16,2), ORIGEN varchar(1), FUENTE_FINANC varchar(2),
  FUNCION varchar(2), PROGRAMA varchar(3), SUB_PROGRAMA varchar(4), ACT_PROY varchar(7), COMPONENTE varchar(7),
  CLASIFICADOR varchar(20) NOT NULL, FECHA_REG datetime, MES_PROCESO numeric(2,0), DEPARTAMENTO varchar(2), PROVINCIA
  varchar(2), CATEGORIA_GASTO varchar(3), GRUPO varchar(3), MODALIDAD varchar(5), ELEMENTO_GASTO varchar(5), RUC_PROV
  varchar(11), PRIMARY KEY (ANO_EJE, SEC_EJEC, NRO_ORDEN, TIPO_BIEN, TIPO_PPTO, SECUENCIA));
CREATE TABLE SGE_CONTRATISTAS_TRX (
  RUC_PROV varchar(11), NOMBRE_PROV varchar(100));
CREATE TABLE SGE_KARDEX_MENSUAL_TRX (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, MES_PROCESO numeric(2,0) NOT NULL, TIPO_BIEN
  varchar(1) NOT NULL, CLASIFICADOR varchar(20) NOT NULL, MAYOR varchar(4) NOT NULL, SUB_CTA varchar(8) NOT NULL,
  TIPO_PPTO numeric(1,0) NOT NULL, SECUENCIA numeric(6,0) NOT NULL, SEC_EJEC2 numeric(6,0), SECTOR varchar(2), PLIEGO
  varchar(3), TIPO_ENTIDAD numeric(2,0), GRUPO_BIEN varchar(2) NOT NULL, CLASE_BIEN varchar(2) NOT NULL, FAMILIA_BIEN
  varchar(4) NOT NULL, ITEM_BIEN varchar(4) NOT NULL, STOCK_INICIAL numeric(20,6), CANT_INGRESO numeric(20,6),
  CANT_EGRESO numeric(20,6), STOCK_ACTUAL numeric(20,6), PRECIO_PROMED numeric(16,6), SALDO_INICIAL numeric(18,4),
  VALOR_INGRESO numeric(16,2), VALOR_EGRESO numeric(16,2), SALDO_VALOR numeric(18,4), FECHA_REG datetime, CUSER_ID
  varchar(30), UNIDAD_MEDIDA numeric(3,0), DEPARTAMENTO varchar(2), PROVINCIA varchar(2), CATEGORIA_GASTO varchar(3),
  GRUPO varchar(3), MODALIDAD varchar(5), ELEMENTO_GASTO varchar(5), PRIMARY KEY (ANO_EJE, SEC_EJEC, MES_PROCESO,
  TIPO_BIEN, CLASIFICADOR, MAYOR, SUB_CTA, TIPO_PPTO, SECUENCIA));
CREATE TABLE SGE_PAAC_MENSUAL_TRX (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, TIPO_CONSOLID varchar(1) NOT NULL, NRO_CONSOLID
  numeric(5,0) NOT NULL, TIPO_GENERACION varchar(1) NOT NULL, SECUENCIA numeric(10,0) NOT NULL, MES_INICIAL
  numeric(2,0), MES_FINAL numeric(2,0), MES_PROPUESTO numeric(2,0), TIPO_PROCESO varchar(2), OBJETO varchar(2),
  TIPO_CIIU varchar(1), GRUPO_CIIU varchar(2), CATEGORIA_CIIU varchar(2), PAIS varchar(4), DEPARTAMENTO varchar(2),
  PROVINCIA varchar(2), DISTRITO varchar(2), VALOR_MONEDA numeric(16,2), VALOR_PLAN numeric(16,2), ORGANO_CONVOCACION
  varchar(60), TIPO_BIEN varchar(1), GRUPO_BIEN varchar(2), CLASE_BIEN varchar(2), FAMILIA_BIEN varchar(4), ITEM_BIEN
  varchar(4), UNIDAD_MEDIDA numeric(3,0), CANTIDAD numeric(20,6), PRECIO_UNIT numeric(16,6), FUENTE_FINANC varchar(2),
  FTE_FTO_IMPTO varchar(2), CLASIFICADOR varchar(20), GRUPO_GASTO varchar(3), CATEG_GASTO varchar(3), ELEMENTO_GASTO
  varchar(5), MODALIDAD_GASTO varchar(5), TIPO_IMPTO varchar(1), MONEDA varchar(6), TIPO_CAMBIO numeric(10,6), SECTOR
  varchar(2), PLIEGO varchar(3), CATEG_GASTO2 varchar(3), MODALIDAD_GASTO2 varchar(5), PRIMARY KEY (ANO_EJE, SEC_EJEC,
  TIPO_CONSOLID, NRO_CONSOLID, TIPO_GENERACION, SECUENCIA));
CREATE TABLE SGE_PATRIMONIO_TRX (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, TIPO_MOVIMTO varchar(1) NOT NULL, SECUENCIA
  numeric(8,0) NOT NULL, TIPO_BIEN varchar(1), GRUPO_BIEN varchar(2), CLASE_BIEN varchar(2), FAMILIA_BIEN varchar(4),
  ITEM_BIEN varchar(4), ESTADO_BIEN varchar(1), VALOR_INICIAL numeric(16,2), CLASIFICADOR varchar(20) NOT NULL, MAYOR
  varchar(4), SUB_CTA varchar(8), VIDA_UTIL numeric(4,2), MES_PROCESO numeric(2,0) NOT NULL, TIPO_ENTIDAD
  numeric(2,0), DEPARTAMENTO varchar(2), PROVINCIA varchar(2), CATEGORIA_GASTO varchar(3), GRUPO varchar(3), MODALIDAD
  varchar(5), ELEMENTO_GASTO varchar(5), DEPRECIACION numeric(16,2), SECTOR varchar(2), PLIEGO varchar(3), PRIMARY KEY
  (ANO_EJE, SEC_EJEC, TIPO_MOVIMTO, SECUENCIA, MES_PROCESO));
CREATE TABLE SI_ALMACEN (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, ALMACEN varchar(3) NOT NULL, SEC_ALMACEN varchar(3)
  NOT NULL, PLIEGO varchar(3), SEDE numeric(3,0), NOMBRE_ALM varchar(40), DIRECCION varchar(40), ESTADO char(1),
  TELEFONOS varchar(20), PAIS varchar(4), DEPARTAMENTO varchar(2), PROVINCIA varchar(2), DISTRITO varchar(2),
  ANO_PROCESO numeric(4,0), MES_PROCESO varchar(2), FLAG_SISMED varchar(1), FLAG_DONACION char(1), FECHA_CARGA_INICIO
  datetime, FECHA_CARGA_FIN datetime, FECHA_ENVIO datetime, USUARIO_ENVIO varchar(30), PRIMARY KEY (ANO_EJE, SEC_EJEC,
  ALMACEN, SEC_ALMACEN));
CREATE TABLE SI_CENTRO_COSTO (
  ANO_EJE numeric(5,0) NOT NULL, SEC_EJEC numeric(5,0) NOT NULL, CENTRO_COSTO varchar(15) NOT NULL, ID_SI_CENTRO_COSTO
  numeric(5,0) NOT NULL, NOMBRE_DEPEND varchar(100), ABREVIADO_DEPEND varchar(50), SEDE numeric(5,0), PLIEGO
  varchar(3), TIPO_DEPEND char(1), CENTRO_PADRE varchar(15), FECHA_CARGA_INICIO datetime, FECHA_CARGA_FIN datetime,
  FECHA_ENVIO datetime, USUARIO_ENVIO varchar(30), PRIMARY KEY (ANO_EJE, SEC_EJEC, CENTRO_COSTO, ID_SI_CENTRO_COSTO));
CREATE TABLE SI_CONTRATISTA (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, PROVEEDOR numeric(5,0) NOT NULL, ESTADO char(1),
  NRO_RUC varchar(11), GIRO_GENERAL varchar(250), NOMBRE_PROV varchar(100) NOT NULL, TELEFONOS varchar(40),
  TELEFONO_FAX varchar(40), EMAIL varchar(100), DIRECCION varchar(70), PAIS varchar(4), DEPARTAMENTO varchar(2),
  PROVINCIA varchar(2), DISTRITO varchar(2), NRO_RNP varchar(8), FECHA_CARGA_INICIO datetime, FECHA_CARGA_FIN
  datetime, FECHA_ENVIO datetime, USUARIO_ENVIO varchar(30), PRIMARY KEY (ANO_EJE, SEC_EJEC, PROVEEDOR));
CREATE TABLE SI_MARCA (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, TIPO_MARCA varchar(1) NOT NULL, MARCA numeric(5,0)
  NOT NULL, NOMBRE varchar(100), FECHA_CARGA_INICIO datetime, FECHA_CARGA_FIN datetime, FECHA_ENVIO datetime,
  USUARIO_ENVIO varchar(30), PRIMARY KEY (ANO_EJE, SEC_EJEC, TIPO_MARCA, MARCA));
CREATE TABLE SI_PERSONAL (
  ANO_EJE numeric(4,0) NOT NULL, SEC_EJEC numeric(6,0) NOT NULL, ID_SI_PERSONAL numeric(9,0) NOT NULL, NOMBRE_DEPEND
  varchar(100), CENTRO_COSTO varchar(15), EMPLEADO varchar(15) NOT NULL, NOMBRE_COMPLETO varchar(60), GRADO_INST
  varchar(1), NOMBRE_GRADO_INST varchar(24), NOMBRE varchar(100), DOCUM_IDENT varchar(12), CODIGO_PROF char(3),
  NOMBRE_PROF varchar(150), TIPO_EMPLEADO varchar(21), SEDE numeric(5,3), D_SEDE varchar(50), COD_ESTABLEC
  numeric(5,0), COD_ESTABLEC_SIS varchar(20), D_COD_ESTABLEC varchar(200), COD_CATEGORIA numeric(5,0),
  D_CORTO_COD_CATEGORIA varchar(20), FECHA_INGRESO datetime, FECHA_NAC datetime, SEXO_EMPLEADO varchar(1),
  ESTADO_CIVIL varchar(1), NRO_COLEGIATURA varchar(25), SITUACION_LABORAL varchar(1), DESCRIPCION_SITUACION_LABORAL
  varchar(150), REGIMEN_LABORAL varchar(2), DESCRIPCION_REGIMEN_LABORAL varchar(150), CONDICION_LABORAL varchar(2),
  DESCRIPCION_CONDICION_LABORAL varchar(150), FECHA_INGRESO_SIAF datetime, FECHA_CESE datetime, GRUPO_OCUPACIONAL
  varchar(2), DESCRIPCION_GRUPO_OCUPACIONAL varchar(150), CATEGORIA_OCUPACIONAL varchar(2), D_CAT_OCUPACIONAL
  varchar(200), FECHA_CARGA_INICIO datetime, FECHA_CARGA_FIN datetime, FECHA_ENVIO datetime, USUARIO_ENVIO
  varchar(30), PRIMARY KEY (SEC_EJEC, ID_SI_PERSONAL, EMPLEADO));
CREATE TABLE SI_SEDE (
  ANO_EJE numeric(5,0) NOT NULL, SEC_EJEC numeric(5,0) NOT NULL, SEDE numeric(5,0) NOT NULL, PLIEGO varchar(3) NOT
  NULL, SECTOR varchar(2), ID_SI_SEDE numeric(5,0) NOT NULL, NOMBRE_SEDE varchar(50), FECHA_CARGA_INICIO datetime,
  FECHA_CARGA_FIN datetime, FECHA_ENVIO datetime, USUARIO_ENVIO varchar(30), PRIMARY KEY (SEDE, PLIEGO, ID_SI_SEDE));
