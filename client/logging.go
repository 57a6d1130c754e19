package client

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/aws/smithy-go/logging"

	"ampedit/client/redact"
)

// sdkLogger hands the SDK's messages to slog, without their secrets.
type sdkLogger struct {
	logger *slog.Logger
}

// newLogger never returns nil: for nil the SDK would write to standard error.
func newLogger(logger *slog.Logger) logging.Logger {
	if logger == nil {
		return logging.Nop{}
	}
	return &sdkLogger{logger: logger}
}

// Logf logs a message of the SDK: its warnings as warnings, all else as debug.
func (l *sdkLogger) Logf(class logging.Classification, format string, v ...any) {
	level := slog.LevelDebug
	if class == logging.Warn {
		level = slog.LevelWarn
	}
	ctx := context.Background()
	if !l.logger.Enabled(ctx, level) {
		return
	}
	l.logger.Log(ctx, level, redact.Text(fmt.Sprintf(format, v...)), "source", "aws-sdk")
}
