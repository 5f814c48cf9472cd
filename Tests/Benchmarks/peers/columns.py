"""What the peers must be told of the files."""
import os

CORES = os.cpu_count()
CATEGORIES = ["channel", "priority", "status", "team", "agent", "product"]
TICKET_COLUMNS = ["id", "created_at", "first_response_at", "resolved_at", "channel", "priority",
                  "status", "team", "agent", "customer_id", "tags", "product", "handle_seconds",
                  "replies", "reopens", "cost", "subject"]
TIMES = ["created_at", "first_response_at", "resolved_at"]
# The columns of an answer to h2o question whose sums are compared, in their order.
H2O_SUMS = {
    "q1": ["v1"], "q2": ["v1"], "q3": ["v1", "v3"], "q4": ["v1", "v2", "v3"],
    "q5": ["v1", "v2", "v3"], "q6": ["med", "sd"], "q7": ["r"], "q8": ["v3"], "q9": ["r2"],
    "q10": ["v3", "n"],
}
