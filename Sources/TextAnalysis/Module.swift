enum TextAnalysisModule {}
