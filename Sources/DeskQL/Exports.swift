@_exported import Diagnostics
@_exported import QuerySyntax
@_exported import ResultFormatting
@_exported import Results
