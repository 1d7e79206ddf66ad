enum SearchEngineModule {}
