enum DocumentsModule {}
