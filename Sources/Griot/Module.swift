enum GriotModule {}
